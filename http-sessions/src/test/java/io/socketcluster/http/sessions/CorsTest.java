// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorsTest {
  private static UpgradeRequest request(String... headers) {
    Map<String, List<String>> fields = new HashMap<>();
    fields.put("host", List.of("shop.example:8000"));
    for (int i = 0; i < headers.length; i += 2) {
      fields.put(headers[i], List.of(headers[i + 1]));
    }
    return new UpgradeRequest("/", fields, null, 0, null);
  }

  @Test
  void aCookieCountsFromPagesOfTheHostAndFromNoPage() {
    assertThat(Cors.isSameSite(request())).isTrue();
    assertThat(Cors.isSameSite(request("origin", "http://shop.example:8000"))).isTrue();
    assertThat(Cors.isSameSite(request("origin", "http://shop.example"))).isFalse();
    assertThat(Cors.isSameSite(request("origin", "null"))).isFalse();
    assertThat(Cors.isSameSite(request("sec-fetch-site", "same-origin"))).isTrue();
    assertThat(Cors.isSameSite(request("sec-fetch-site", "cross-site"))).isFalse();
    assertThat(Cors.isSameSite(request("referer", "http://shop.example:8000/a"))).isTrue();
    assertThat(Cors.isSameSite(request("referer", "http://evil.example/shop.example:8000")))
        .isFalse();
  }

  @Test
  void anAnswerIsForItsOriginAndForNoCache() {
    HttpAnswer answer =
        Cors.readable(request("origin", "http://a.example"), HttpAnswer.text(200, "x"));
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("http://a.example");
    assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
    assertThat(answer.header("vary")).isEqualTo("origin");
    assertThat(answer.header("cache-control")).isEqualTo("no-store, no-transform");
    HttpAnswer plain = Cors.readable(request(), HttpAnswer.text(200, "x"));
    assertThat(plain.header("access-control-allow-origin")).isNull();
  }
}
