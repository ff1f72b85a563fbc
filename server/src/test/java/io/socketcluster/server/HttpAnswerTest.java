// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
        .isThrownBy(() -> new HttpAnswer(200, Map.of(name, List.of("value")), NOTHING))
        .withMessageContaining("allowed:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nset-cookie: b", "a\nb", "a\rb", "\0", "\u007f", "\u0142"})
  void aHeaderValueThatCannotBeSentIsRefusedAndNotTold(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpAnswer(200, Map.of("x-own", List.of("fine", value)), NOTHING))
        .withMessageContaining("x-own")
        .withMessageContaining("allowed:")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b\tc", "text/plain; charset=utf-8", "\u00e9\u00ff", "\"~!\""})
  void everyOtherHeaderValueIsAllowed(String value) {
    assertThat(new HttpAnswer(200, Map.of("X-Own", List.of(value)), NOTHING).headers())
        .containsExactly(Map.entry("X-Own", List.of(value)));
  }

  @Test
  void textIsUtf8() {
    HttpAnswer answer = HttpAnswer.text(200, "\u0142");

    assertThat(answer.body()).isEqualTo("\u0142".getBytes(UTF_8));
    assertThat(answer.headers())
        .containsExactly(Map.entry("content-type", List.of("text/plain; charset=utf-8")));
  }

  @Test
  void jsonIsMadeOfAValue() {
    HttpAnswer answer = HttpAnswer.json(201, Map.of("a", List.of(1, 2)));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("{\"a\":[1,2]}");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void aHeaderThatIsAddedStandsBehindThoseThatAreThere() {
    HttpAnswer answer =
        HttpAnswer.of(204).withHeader("set-cookie", "a=1").withHeader("set-cookie", "b=2");

    assertThat(answer.headers()).containsExactly(Map.entry("set-cookie", List.of("a=1", "b=2")));
    assertThat(answer.header("SET-COOKIE")).isEqualTo("a=1");
    assertThat(answer.header("absent")).isNull();
  }

  @Test
  void answersShareFieldsThatHaveBeenChecked() {
    Map<String, List<String>> fields = HttpAnswer.text(200, "one").headers();

    assertThat(new HttpAnswer(200, fields, NOTHING).headers())
        .isSameAs(fields)
        .isEqualTo(Map.of("content-type", List.of("text/plain; charset=utf-8")));
    assertThatThrownBy(() -> fields.put("x-own", List.of("value")))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
