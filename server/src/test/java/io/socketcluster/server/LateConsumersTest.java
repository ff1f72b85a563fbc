// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.AGRequest;
import io.socketcluster.core.SocketState;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Nothing is lost between connect and the first line of the application's handler. */
class LateConsumersTest {
  private static void echoByHandler(AGServerSocket socket) {
    socket.procedure("echo").consume(request -> request.end(request.data()));
  }

  private static void echoByLoop(AGServerSocket socket) {
    Thread.startVirtualThread(
        () -> {
          for (AGRequest<JsonNode> request : socket.procedure("echo")) {
            request.end(request.data());
          }
        });
  }

  private static void expectEcho(RawClient client, Object data) {
    assertThat(client.nextJson().path("data")).hasToString(String.valueOf(data));
  }

  @Test
  void fiveHundredClientsThatInvokeAtOnceAreAnsweredInBothStyles() {
    try (TestServer test =
        TestServer.start(
            options -> options,
            server ->
                server
                    .listener(AGServer.CONNECTION)
                    .consume(
                        event -> {
                          if (event.id().charAt(0) % 2 == 0) {
                            echoByHandler(event.socket());
                          } else {
                            echoByLoop(event.socket());
                          }
                        }))) {
      List<RawClient> clients = IntStream.range(0, 500).mapToObj(i -> test.upgraded()).toList();
      for (RawClient client : clients) {
        client.send("{\"event\":\"#handshake\",\"data\":{},\"cid\":1}");
        client.send("{\"event\":\"echo\",\"data\":1,\"cid\":2}");
        client.send("[{\"event\":\"echo\",\"data\":2,\"cid\":3}]");
      }
      for (RawClient client : clients) {
        assertThat(client.nextJson().path("rid").asInt()).isEqualTo(1);
        expectEcho(client, 1);
        expectEcho(client, 2);
      }
    }
  }

  @Test
  void aHandlerThatTakesTwoSecondsStillGetsWhatCameFirst() {
    try (TestServer test =
        TestServer.start(
            options -> options,
            server ->
                server.onConnection(
                    socket -> {
                      await()
                          .pollDelay(Duration.ofSeconds(2))
                          .until(() -> socket.state() == SocketState.OPEN);
                      echoByHandler(socket);
                    }))) {
      RawClient client = test.open();
      client.invoke("echo", "early");

      expectEcho(client, "\"early\"");
    }
  }

  @Test
  void anApplicationThatComesTwoSecondsAfterListenMissesNothing() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      client.invoke("echo", "early");
      await().pollDelay(Duration.ofSeconds(2)).until(() -> !client.isClosed());

      test.server().onConnection(socket -> echoByHandler(socket));

      expectEcho(client, "\"early\"");
    }
  }

  @Test
  void moreThanIsKeptWaitsAndIsDeliveredInOrder() {
    CountDownLatch proceed = new CountDownLatch(1);
    Queue<Integer> received = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        TestServer.start(
            options -> options,
            server ->
                server.onConnection(
                    socket -> {
                      proceed.await();
                      socket.receiver("n", Integer.class).consume(received::add);
                    }))) {
      RawClient client = test.open();
      IntStream.range(0, 1000).forEach(i -> client.transmit("n", i));
      AGServerSocket socket = test.socketOf(client);
      await().until(() -> socket.getInboundBackpressure() > 0);
      proceed.countDown();

      await().until(() -> received.size() == 1000);
      assertThat(List.copyOf(received)).isSorted();
    }
  }

  @Test
  void theDisconnectOfAClientThatVanishedAtOnceIsSeen() throws Exception {
    CountDownLatch vanished = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    try (TestServer test =
        TestServer.start(
            options -> options,
            server ->
                server.onConnection(
                    socket -> {
                      vanished.await();
                      await().until(() -> socket.state() == SocketState.CLOSED);
                      socket
                          .listener(AGServerSocket.DISCONNECT)
                          .consume(closed -> seen.countDown());
                    }))) {
      test.open().close();
      vanished.countDown();

      assertThat(seen.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void afterTheTimeOfGraceNothingIsKeptForNobody() {
    try (TestServer test = TestServer.start()) {
      test.server().onConnection(socket -> {});
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      client.transmit("news", "old");
      await().pollDelay(Duration.ofMillis(2200)).until(() -> !client.isClosed());

      Queue<String> received = new ConcurrentLinkedQueue<>();
      socket.receiver("news", String.class).consume(received::add);
      client.transmit("news", "new");

      await().until(() -> !received.isEmpty());
      assertThat(received).containsExactly("new");
    }
  }
}
