// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerHeadTest {
  private static final byte[] BODY = {1, 2};

  private final AnswerHead head = AnswerHead.of("text/plain");

  private static UpgradeRequest requestOf(String origin) {
    Map<String, List<String>> headers =
        origin.isEmpty() ? Map.of() : Map.of("origin", List.of(origin));
    return new UpgradeRequest("/", headers, null, 0, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://a.example", "http://b.example", "http://a.example", ""})
  void anAnswerIsTheOneThatCorsMakes(String origin) {
    head.with(requestOf("http://before.example"), BODY);
    HttpAnswer answer = head.with(requestOf(origin), BODY);

    assertThat(answer.body()).isSameAs(BODY);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .isEqualTo(
            Cors.readable(requestOf(origin), HttpAnswer.of(200, "text/plain", BODY)).headers());
  }

  @Test
  void anOriginIsNotAnsweredWithTheOneBefore() {
    head.with(requestOf("http://a.example"), BODY);

    assertThat(head.with(requestOf(""), BODY).header("access-control-allow-origin")).isNull();
    assertThat(head.with(requestOf("http://b.example"), BODY).header("access-control-allow-origin"))
        .isEqualTo("http://b.example");
  }

  @Test
  void theHeadIsMadeOnce() {
    UpgradeRequest request = requestOf("http://a.example");

    assertThat(head.with(request, BODY).headers()).isSameAs(head.with(request, BODY).headers());
  }
}
