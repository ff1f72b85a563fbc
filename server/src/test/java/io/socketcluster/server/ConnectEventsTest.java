// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGExchange;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an application learns when clients connect. */
class ConnectEventsTest {
  @Test
  void socketServerAndClientAreToldTheSameAboutAConnection() {
    Queue<ConnectionEvent.Connect> ofSocket = new ConcurrentLinkedQueue<>();
    Queue<ServerEvent.Connection> ofServer = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        TestServer.start(
            options -> options.pingTimeout(Duration.ofSeconds(12)),
            server -> {
              server
                  .listener(AGServer.HANDSHAKE)
                  .consume(
                      event ->
                          event.socket().listener(AGServerSocket.CONNECT).consume(ofSocket::add));
              server.listener(AGServer.CONNECTION).consume(ofServer::add);
            })) {
      RawClient client = test.upgraded();
      JsonNode status = client.handshake(null);

      await().until(() -> ofSocket.size() == 1 && ofServer.size() == 1);
      assertThat(status.propertyNames())
          .containsExactlyInAnyOrder("id", "pingTimeout", "isAuthenticated");
      assertThat(status.path("pingTimeout").asLong()).isEqualTo(12_000);
      assertThat(status.path("isAuthenticated").asBoolean(true)).isFalse();
      ConnectionEvent.Connect connect = ofSocket.remove();
      assertThat(connect)
          .isEqualTo(new ConnectionEvent.Connect(client.id(), Duration.ofSeconds(12), false, null));
      AGServerSocket socket = test.socketOf(client);
      assertThat(ofServer.remove())
          .isEqualTo(
              new ServerEvent.Connection(
                  socket,
                  socket.id(),
                  connect.pingTimeout(),
                  connect.isAuthenticated(),
                  connect.authError()));
    }
  }

  @Test
  void theExchangeCanBeUsedFromTheHandshakeEventOn() {
    Queue<AGExchange> exchanges = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        TestServer.start(
            options -> options,
            server ->
                server
                    .listener(AGServer.HANDSHAKE)
                    .consume(event -> exchanges.add(event.socket().exchange()), Runnable::run))) {
      test.upgraded();

      await().until(() -> !exchanges.isEmpty());
      assertThat(Objects.requireNonNull(exchanges.peek())).isSameAs(test.server().exchange());
    }
  }

  @Test
  void eachOfAHundredConnectionsAtOnceIsTold() {
    Queue<String> connected = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        TestServer.start(
            options -> options,
            server -> server.listener(AGServer.CONNECTION).consume(e -> connected.add(e.id())))) {
      var clients = IntStream.range(0, 100).mapToObj(i -> test.upgraded()).toList();
      clients.forEach(client -> client.send("{\"event\":\"#handshake\",\"data\":{},\"cid\":1}"));
      var ids =
          clients.stream()
              .map(client -> client.nextJson().path("data").path("id").asString())
              .toList();

      await().until(() -> connected.size() == 100);
      assertThat(connected).containsExactlyInAnyOrderElementsOf(ids).doesNotHaveDuplicates();
    }
  }
}
