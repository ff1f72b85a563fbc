// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.AuthState;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.SocketState;
import io.socketcluster.stream.Consumption;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a socket tells about itself, and how its streams are managed. */
class SocketSurfaceTest {
  private final Queue<Object> seen = new ConcurrentLinkedQueue<>();

  @Test
  void everyMessageIsSeenAsItCameWhateverItIs() {
    try (TestServer test =
        TestServer.start(
            options -> options.protocolVersion(ProtocolVersion.V2), // sends no ping meanwhile
            server ->
                server
                    .listener(AGServer.HANDSHAKE)
                    .consume(
                        event ->
                            event
                                .socket()
                                .listener(AGServerSocket.MESSAGE)
                                .consume(message -> seen.add(message.message()))))) {
      RawClient client = test.upgraded();
      await().until(() -> consumers(test.server()) == 1);
      client.handshake(null);
      client.send("no packet");
      client.send("");
      client.send("[{\"event\":\"a\"},{\"event\":\"b\"}]");

      await().until(() -> seen.size() == 4);
      assertThat(List.copyOf(seen).getFirst().toString()).contains("#handshake");
      assertThat(List.copyOf(seen).subList(1, 4))
          .containsExactly("no packet", "", "[{\"event\":\"a\"},{\"event\":\"b\"}]");
    }
  }

  private static int consumers(AGServer server) {
    return server.pendingClients().values().stream()
        .mapToInt(socket -> socket.getListenerConsumerCount("message"))
        .sum();
  }

  @Test
  void aMessageIsSeenBeforeWhatItCauses() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket
          .listener(AGServerSocket.MESSAGE)
          .consume(event -> seen.add(event.message()), Runnable::run);
      socket.listener(AGServerSocket.END).consume(event -> seen.add("end"), Runnable::run);
      client.send("{\"event\":\"#authenticate\"}");
      client.send("after the close");

      assertThat(client.awaitClose().code()).isEqualTo(4008);
      await().until(() -> seen.contains("end"));
      assertThat(seen).containsExactly("{\"event\":\"#authenticate\"}", "end");
    }
  }

  @Test
  void messagesAreNotKeptForWhoComesLater() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      try (var consumer = socket.listener(AGServerSocket.MESSAGE).createConsumer()) {
        assertThat(consumer.getBackpressure()).isZero();
      }
    }
  }

  @Test
  void theBytesOfAllMessagesAreCounted() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      long before = socket.getBytesReceived();
      client.send("12345");
      client.send("\u00e9");

      await().until(() -> socket.getBytesReceived() == before + 7);
      assertThat(before).isGreaterThan(40);
    }
  }

  @Test
  void severalChannelsCanBeKickedOutAtOnce() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      for (String channel : List.of("a", "b", "c")) {
        client.call("#subscribe", Map.of("channel", channel));
      }
      AGServerSocket socket = test.socketOf(client);

      socket.kickOut(List.of("a", "c", "never"), "out");

      assertThat(socket.subscriptions()).containsExactly("b");
      assertThat(client.next()).contains("#kickOut", "\"a\"", "out");
      assertThat(client.next()).contains("#kickOut", "\"c\"", "out");
      assertThat(client.waiting()).isZero();
    }
  }

  @Test
  void theStatesHaveTheNamesOfSocketCluster() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      assertThat(socket.state()).isEqualTo(SocketState.OPEN);
      assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
      socket.setAuthToken(Map.of("username", "bob"));
      assertThat(socket.authState()).isEqualTo(AuthState.AUTHENTICATED);
      client.close();
      await().until(() -> socket.state() == SocketState.CLOSED);

      assertThat(SocketState.CONNECTING.value()).isEqualTo("connecting");
      assertThat(SocketState.OPEN.value()).isEqualTo("open");
      assertThat(SocketState.CLOSED.value()).isEqualTo("closed");
      assertThat(AuthState.AUTHENTICATED.value()).isEqualTo("authenticated");
      assertThat(AuthState.UNAUTHENTICATED.value()).isEqualTo("unauthenticated");
    }
  }

  @Test
  void anErrorOfASocketIsAWarningOfItsServer() {
    try (TestServer test = TestServer.start()) {
      AGServerSocket socket = test.socketOf(test.open());
      socket.listener(AGServerSocket.ERROR).consume(event -> seen.add(event.error()));
      test.server().listener(AGServer.WARNING).consume(event -> seen.add(event.warning()));

      socket.emitError(new IllegalStateException("own"));

      await().until(() -> seen.size() == 2);
      assertThat(seen.stream().distinct()).hasSize(1);
    }
  }

  @Test
  void closingAllStreamsLetsConsumersFinishAndKillingDoesNot() throws Exception {
    CountDownLatch proceed = new CountDownLatch(1);
    try (TestServer test = TestServer.start()) {
      RawClient closed = test.open();
      RawClient killed = test.open();
      for (RawClient client : List.of(closed, killed)) {
        AGServerSocket socket = test.socketOf(client);
        Consumption consumption =
            socket
                .receiver("n")
                .consume(
                    data -> {
                      proceed.await();
                      seen.add(client.id());
                    });
        consumption.ended().thenRun(() -> seen.add("end of " + client.id()));
        for (int i = 0; i < 3; i++) {
          client.transmit("n", i);
        }
        await().until(() -> socket.getBackpressure() == 2);
        assertThat(socket.getAllReceiversBackpressure()).isEqualTo(2);
      }
      test.socketOf(closed).closeAllStreams();
      test.socketOf(killed).killAllStreams();
      assertThat(test.socketOf(killed).getBackpressure()).isZero();
      proceed.countDown();

      await()
          .until(
              () -> seen.stream().filter(each -> each.toString().startsWith("end")).count() == 2);
      assertThat(seen.stream().filter(closed.id()::equals)).hasSize(3);
      assertThat(seen.stream().filter(killed.id()::equals)).hasSize(1);
    }
  }

  @Test
  void withoutPingTimeoutASilentSocketIsLeftAlone() {
    try (TestServer test =
        TestServer.start(
            options ->
                options
                    .pingTimeoutDisabled(true)
                    .pingInterval(Duration.ofMillis(20))
                    .pingTimeout(Duration.ofMillis(40)))) {
      RawClient client = test.open();
      await().pollDelay(Duration.ofMillis(300)).until(() -> !client.isClosed());

      assertThat(client.pings()).isZero();
      assertThat(test.server().clientsCount()).isEqualTo(1);
    }
  }
}
