// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SharedTextsTest {
  private static String copyOf(String text) {
    return String.valueOf(text.toCharArray());
  }

  @Test
  void equalTextsAreOne() {
    List<String> first = SharedTexts.listOf(copyOf("Mozilla/5.0 (X11; Linux x86_64)"));

    assertThat(SharedTexts.listOf(copyOf("Mozilla/5.0 (X11; Linux x86_64)"))).isSameAs(first);
    assertThat(first).containsExactly("Mozilla/5.0 (X11; Linux x86_64)");
  }

  @Test
  void theyArePushedOutAndNeverTakenForAnother() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(SharedTexts.listOf("text " + i)).containsExactly("text " + i);
    }
  }

  @Test
  void whatIsVeryLongIsNotKept() {
    String text = "x".repeat(10_000);

    assertThat(SharedTexts.listOf(text))
        .containsExactly(text)
        .isNotSameAs(SharedTexts.listOf(text));
  }
}
