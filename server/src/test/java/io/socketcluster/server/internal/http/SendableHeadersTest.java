// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SendableHeadersTest {
  private static HttpHeaders sent(Map<String, List<String>> fields) {
    HttpHeaders response = new DefaultHttpHeaders();
    SendableHeaders.of(fields).addTo(response);
    return response;
  }

  @Test
  void aResponseHasAllValuesAsTheyWereGiven() {
    HttpHeaders response =
        sent(Map.of("X-Name", List.of("h\u00e9", "b"), "etag", List.of("\"1\"")));

    assertThat(response.getAllAsString("x-name")).containsExactly("h\u00e9", "b");
    assertThat(response.getAllAsString("etag")).containsExactly("\"1\"");
    assertThat(response.names()).containsExactlyInAnyOrder("X-Name", "etag");
  }

  @Test
  void theFramingOfAResponseIsItsOwn() {
    assertThat(
            sent(
                Map.of(
                    "Content-Length", List.of("9"),
                    "transfer-encoding", List.of("chunked"),
                    "CONNECTION", List.of("close"))))
        .isEmpty();
  }

  @Test
  void fieldsThatWereCheckedAreSharedAndOthersAreChecked() {
    SendableHeaders checked = SendableHeaders.of(Map.of("a", List.of("b")));

    assertThat(SendableHeaders.of(checked)).isSameAs(checked);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SendableHeaders.of(Map.of("a", List.of("b\r\nc: d"))));
  }
}
