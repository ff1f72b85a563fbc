// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.EventName;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ClosingTest {
  private final Queue<String> events = new ConcurrentLinkedQueue<>();

  private void record(AGServerSocket socket, EventName<?>... names) {
    for (EventName<?> name : names) {
      socket.listener(name).consume(event -> events.add(name.name()));
    }
  }

  @Test
  void theApplicationClosesWithItsCodeAfterWhatItSent() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.transmit("last", 1);
      socket.disconnect(4600, "enough");
      socket.transmit("never", 2);

      assertThat(client.next()).contains("last");
      assertThat(client.awaitClose()).isEqualTo(new RawClient.Closed(4600, "enough"));
      assertThat(client.waiting()).isZero();
      await().until(() -> socket.state() == SocketState.CLOSED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1001, 1005, 1006, 2999, 5000, -1})
  void aCodeThatIsNotForApplicationsIsRefused(int code) {
    try (TestServer test = TestServer.start()) {
      AGServerSocket socket = test.socketOf(test.open());

      assertThatThrownBy(() -> socket.disconnect(code, null))
          .isInstanceOf(InvalidArgumentsError.class)
          .hasMessageContaining("code is " + code)
          .hasMessageContaining("allowed");
      assertThat(socket.state()).isEqualTo(SocketState.OPEN);
    }
  }

  @Test
  void theEventsOfACloseComeInTheOrderOfSocketCluster() throws Exception {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      client.call("#subscribe", Map.of("channel", "a"));
      client.call("#subscribe", Map.of("channel", "b"));
      AGServerSocket socket = test.socketOf(client);
      // One consumer for all of them: the order of events of different names is only kept in one.
      List<EventName<?>> names =
          List.of(
              AGServerSocket.DISCONNECT,
              AGServerSocket.CLOSE,
              AGServerSocket.UNSUBSCRIBE,
              AGServerSocket.END);
      Queue<String> written = new ConcurrentLinkedQueue<>();
      names.forEach(
          name -> socket.listener(name).consume(event -> written.add(name.name()), Runnable::run));

      client.sendFrame(8, new byte[] {0x03, (byte) 0xE8});

      await().until(() -> written.contains("end"));
      assertThat(written)
          .containsExactly("disconnect", "close", "unsubscribe", "unsubscribe", "end");
    }
  }

  @Test
  void aHandshakeThatIsAbortedShowsAsConnectAbort() {
    Queue<String> serverEvents = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        TestServer.start(
            options -> options,
            server -> {
              server
                  .listener(AGServer.HANDSHAKE)
                  .consume(
                      event ->
                          record(
                              event.socket(),
                              AGServerSocket.CONNECT_ABORT,
                              AGServerSocket.DISCONNECT));
              server
                  .listener(AGServer.CONNECTION_ABORT)
                  .consume(event -> serverEvents.add("abort " + event.code()));
            })) {
      test.upgraded().close();

      await().untilAsserted(() -> assertThat(events).containsExactly("connectAbort"));
      await().untilAsserted(() -> assertThat(serverEvents).containsExactly("abort 1006"));
    }
  }

  @Test
  void aDisconnectIsSeenByEveryLoopThatWasWaitingForIt() throws Exception {
    try (TestServer test =
        TestServer.start(options -> options.pingInterval(Duration.ofMillis(16)))) {
      int clients = 40;
      CountDownLatch seen = new CountDownLatch(clients);
      List<RawClient> all = IntStream.range(0, clients).mapToObj(i -> test.open()).toList();
      List<AGServerSocket> sockets = all.stream().map(test::socketOf).toList();
      for (AGServerSocket socket : sockets) {
        Thread.startVirtualThread(
            () -> {
              for (ConnectionEvent.Closed unused : socket.listener(AGServerSocket.DISCONNECT)) {
                seen.countDown();
              }
            });
      }
      await()
          .until(
              () -> sockets.stream().allMatch(s -> s.getListenerConsumerCount("disconnect") == 1));
      // Past the time in which streams keep what nobody consumes.
      await()
          .pollDelay(Duration.ofMillis(1600))
          .until(() -> sockets.getFirst().state() == SocketState.OPEN);
      all.forEach(RawClient::close);

      assertThat(seen.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void callsThatWaitForTheClientFailWhenItLeaves() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      CompletableFuture<JsonNode> answer = test.socketOf(client).invoke("never", 1);
      assertThat(client.next()).contains("never");

      client.close();

      await().until(answer::isDone);
      assertThat(answer.exceptionNow())
          .isInstanceOf(BadConnectionError.class)
          .hasMessageContaining("never");
    }
  }

  @Test
  void aClientThatAnswersNoPingIsClosedWith4001() {
    try (TestServer test =
        TestServer.start(
            options ->
                options.pingInterval(Duration.ofMillis(250)).pingTimeout(Duration.ofSeconds(2)))) {
      RawClient lively = test.open();
      RawClient silent = test.open();
      silent.stopAnsweringPings();

      assertThat(silent.awaitClose().code()).isEqualTo(4001);
      await().until(() -> lively.pings() > 5);
      assertThat(lively.isClosed()).isFalse();
    }
  }

  @Test
  void hostileMessagesCloseWithTheRightCode() {
    try (TestServer test = TestServer.start(options -> options.maxPayload(200_000))) {
      RawClient utf8 = test.open();
      utf8.sendFrame(1, new byte[] {'"', (byte) 0xC3, '"'});
      assertThat(utf8.awaitClose().code()).isEqualTo(1007);

      RawClient deep = test.open();
      deep.send("{\"event\":\"a\",\"data\":" + "[".repeat(100_000));
      assertThat(deep.awaitClose().code()).isEqualTo(1008);

      RawClient big = test.open();
      big.sendFrame(1, "x".repeat(200_001).getBytes(UTF_8));
      assertThat(big.awaitClose().code()).isEqualTo(1009);

      RawClient unmasked = test.open();
      unmasked.write(new byte[] {(byte) 0x81, 1, 'a'});
      assertThat(unmasked.awaitClose().code()).isEqualTo(1002);
    }
  }

  @Test
  void nothingThatCameBehindAViolationIsExecuted() {
    try (TestServer test = TestServer.start()) {
      Queue<JsonNode> published = new ConcurrentLinkedQueue<>();
      test.server().exchange().subscribe("a").consume(published::add);
      RawClient client = test.open();
      byte[] bad = RawClient.frame(0x81, new byte[] {(byte) 0xFF});
      byte[] publish =
          RawClient.frame(
              0x81, "{\"event\":\"#publish\",\"data\":{\"channel\":\"a\"}}".getBytes(UTF_8));
      byte[] both = new byte[bad.length + publish.length];
      System.arraycopy(bad, 0, both, 0, bad.length);
      System.arraycopy(publish, 0, both, bad.length, publish.length);
      client.write(both);

      assertThat(client.awaitClose().code()).isEqualTo(1007);
      test.server().exchange().transmitPublish("a", "end");
      await().until(() -> !published.isEmpty());
      assertThat(published).hasSize(1);
    }
  }

  @Test
  void terminatingHangsUp() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      record(socket, AGServerSocket.DISCONNECT, AGServerSocket.CLOSE);

      socket.terminate();

      assertThat(client.awaitClose().code()).isEqualTo(1006);
      await().untilAsserted(() -> assertThat(events).contains("disconnect", "close"));
    }
  }
}
