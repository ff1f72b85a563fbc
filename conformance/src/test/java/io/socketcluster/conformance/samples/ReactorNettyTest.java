// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;

/** A server in the pipeline of Reactor Netty, which reads no further than it is asked to. */
class ReactorNettyTest {
  private DisposableServer http;

  @BeforeEach
  void start() {
    http = ReactorProgram.start(0);
  }

  @AfterEach
  void stop() {
    http.disposeNow();
  }

  @Test
  void aClientShakesHandsAndCalls() throws Exception {
    AGClientSocket socket =
        SocketClusterClient.create(AGClientOptions.builder().port(http.port()).build());
    try {
      String text = "x".repeat(100_000);

      assertThat(socket.invoke("echo", text).get(60, TimeUnit.SECONDS).asString()).isEqualTo(text);
    } finally {
      socket.disconnect();
    }
  }

  @Test
  void theRoutesOfTheApplicationAreAnswered() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI page = URI.create("http://localhost:" + http.port() + "/");

      assertThat(client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body())
          .isEqualTo("Hello");
    }
  }
}
