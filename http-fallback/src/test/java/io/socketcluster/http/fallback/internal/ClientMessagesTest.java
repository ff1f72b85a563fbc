// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketcluster.http.fallback.internal.ClientMessages.MissingMessagesException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientMessagesTest {
  private final ClientMessages messages = new ClientMessages();

  private List<String> come(long first, String... texts) throws MissingMessagesException {
    List<Event> events =
        Stream.of(texts)
            .map(text -> new Event("", text.equals(texts[0]) ? first : 0, text.getBytes(UTF_8)))
            .toList();
    return messages.newOf(events).stream().map(each -> new String(each, UTF_8)).toList();
  }

  @Test
  void repeatedMessagesAreSkipped() throws MissingMessagesException {
    assertThat(come(1, "a", "b")).containsExactly("a", "b");
    assertThat(come(1, "a", "b")).isEmpty();
    assertThat(come(2, "b", "c")).containsExactly("c");
    assertThat(messages.received()).isEqualTo(3);
  }

  @Test
  void missingMessagesAreNoticed() throws MissingMessagesException {
    come(1, "a");
    assertThatExceptionOfType(MissingMessagesException.class).isThrownBy(() -> come(3, "c"));
    assertThatExceptionOfType(MissingMessagesException.class).isThrownBy(() -> come(0, "c"));
    assertThat(come(2, "b")).containsExactly("b");
  }
}
