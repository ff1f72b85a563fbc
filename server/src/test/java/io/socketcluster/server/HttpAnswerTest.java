// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
  private static final byte[] NOTHING = {};

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 99, 100, 101, 199, 600, 1000, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void aStatusThatEndsNoRequestIsRefused(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpAnswer.text(status, "text"))
        .withMessage("status is " + status + "; allowed: 200 to 599");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 299, 599})
  void everyOtherStatusIsAllowed(int status) {
    assertThat(HttpAnswer.text(status, "text").status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a:b", "a\r\nb", "\u00e9", "a\0"})
  void aHeaderNameThatCannotBeSentIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpAnswer(200, Map.of(name, "value"), NOTHING))
        .withMessageContaining("allowed:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nset-cookie: b", "a\nb", "a\rb", "\0", "\u007f", "\u0142"})
  void aHeaderValueThatCannotBeSentIsRefusedAndNotTold(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpAnswer(200, Map.of("x-own", value), NOTHING))
        .withMessageContaining("x-own")
        .withMessageContaining("allowed:")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b\tc", "text/plain; charset=utf-8", "\u00e9\u00ff", "\"~!\""})
  void everyOtherHeaderValueIsAllowed(String value) {
    assertThat(new HttpAnswer(200, Map.of("X-Own", value), NOTHING).headers())
        .containsExactly(Map.entry("X-Own", value));
  }

  @Test
  void textIsUtf8() {
    HttpAnswer answer = HttpAnswer.text(200, "\u0142");

    assertThat(answer.body()).isEqualTo("\u0142".getBytes(UTF_8));
    assertThat(answer.headers())
        .containsExactly(Map.entry("content-type", "text/plain; charset=utf-8"));
  }
}
