// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The option {@code origins} is about web pages: the Java client sends no Origin by itself. */
class OriginOfTheJavaClientTest {
  private final AGServer server =
      SocketCluster.listen(0, AGServerOptions.builder().origins("my_app:*").build());

  @AfterEach
  void close() {
    server.close().join();
  }

  private AGClientOptions.Builder options() {
    return AGClientOptions.builder().port(server.port()).autoConnect(false).autoReconnect(false);
  }

  @Test
  void aClientWithoutAnOriginConnects() throws Exception {
    assertConnects(options());
  }

  @Test
  void aClientThatSaysAnAllowedOriginConnects() throws Exception {
    assertConnects(options().header("Origin", "http://my_app:8000"));
  }

  private static void assertConnects(AGClientOptions.Builder options) throws Exception {
    AGClientSocket socket = SocketClusterClient.create(options.build());
    CompletableFuture<ConnectionEvent.Connect> connected = new CompletableFuture<>();
    socket.listener(AGClientSocket.CONNECT).consume(connected::complete);
    try {
      socket.connect();

      assertThat(connected.get(60, TimeUnit.SECONDS).id()).isNotEmpty();
    } finally {
      socket.disconnect();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "http://evil.org", "file://"})
  void aClientThatSaysAnotherOriginIsToldThatItIsForbidden(String origin) throws Exception {
    AGClientSocket socket = SocketClusterClient.create(options().header("Origin", origin).build());
    CompletableFuture<ConnectionEvent.Failure> failed = new CompletableFuture<>();
    socket.listener(AGClientSocket.ERROR).consume(failed::complete);
    try {
      socket.connect();

      assertThat(failed.get(60, TimeUnit.SECONDS).error()).hasMessageContaining("403");
    } finally {
      socket.disconnect();
    }
  }
}
