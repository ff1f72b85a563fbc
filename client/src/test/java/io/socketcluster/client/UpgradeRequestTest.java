// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class UpgradeRequestTest {
  private final RawServer server = RawServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private String request(AGClientOptions.Builder options) {
    AGClientSocket socket = SocketClusterClient.create(options.build());
    socket.connect();
    String request = server.accept().readRequest();
    socket.disconnect();
    return request;
  }

  @Test
  void saysWhereItGoesAndClaimsNoOrigin() {
    String request = request(RawOptions.of(server).path("/chat/").query("a", "b c"));

    assertThat(request)
        .startsWith("GET /chat/?a=b+c HTTP/1.1\r\n")
        .containsIgnoringCase("\r\nhost: 127.0.0.1:" + server.port() + "\r\n")
        .doesNotContainIgnoringCase("\r\norigin:");
  }

  @Test
  void hasTheFieldsOfTheApplication() {
    String request =
        request(
            RawOptions.of(server)
                .header("Authorization", "Bearer x")
                .header("Cookie", "a=1")
                .header("Cookie", "b=2")
                .header("Origin", "https://example.com"));

    assertThat(request)
        .containsIgnoringCase("\r\nauthorization: Bearer x\r\n")
        .containsIgnoringCase("\r\ncookie: a=1\r\n")
        .containsIgnoringCase("\r\ncookie: b=2\r\n")
        .containsIgnoringCase("\r\norigin: https://example.com\r\n");
  }
}
