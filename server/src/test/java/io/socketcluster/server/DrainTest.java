// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What a closing server still does for its clients. */
@Timeout(120)
class DrainTest {
  private static final RawClient.Closed COME_BACK = new RawClient.Closed(4000, "Server is closing");
  private static final Duration LONG = Duration.ofMinutes(1);

  private final CountDownLatch gate = new CountDownLatch(1);

  private static TestServer start(
      UnaryOperator<AGServerOptions.Builder> options, Consumer<AGServerSocket> serve) {
    return TestServer.start(options, server -> server.onConnection(socket -> serve.accept(socket)));
  }

  /** A server with the procedure {@code slow}, which answers when the gate is open. */
  private TestServer slowServer(UnaryOperator<AGServerOptions.Builder> options) {
    return start(
        options,
        socket ->
            socket
                .procedure("slow")
                .consume(
                    request -> {
                      gate.await();
                      request.end(request.data());
                    }));
  }

  private static void awaitClosing(TestServer test) {
    await().until(() -> get(test, "/health-check").startsWith("HTTP/1.1 503"));
  }

  private static String get(TestServer test, String path) {
    return exchange(test, "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  private static String exchange(TestServer test, String request) {
    try (RawClient client = test.tcp()) {
      client.write(request.getBytes(ISO_8859_1));
      return client.readAll();
    }
  }

  private static AGServerOptions.Builder patient(AGServerOptions.Builder options) {
    return options
        .closeTimeout(LONG)
        .httpHandler(HttpHandler.withHealthCheck("/health-check", HttpHandler.NONE));
  }

  @Test
  void aCallInFlightIsAnsweredBeforeItsSocketCloses() {
    try (TestServer test = slowServer(DrainTest::patient)) {
      RawClient client = test.open();
      RawClient idle = test.open();
      int cid = client.invoke("slow", "answer me");
      client.invoke("#publish", Map.of("channel", "any"));
      client.nextJson(); // the call before it has been taken
      test.server().close();

      assertThat(idle.awaitClose()).isEqualTo(COME_BACK);
      assertThat(client.isClosed()).isFalse();
      gate.countDown();

      assertThat(client.next()).isEqualTo("{\"rid\":" + cid + ",\"data\":\"answer me\"}");
      assertThat(client.awaitClose()).isEqualTo(COME_BACK);
    }
  }

  @Test
  void aClosingServerIsNotReadyAndTakesNoUpgrade() {
    try (TestServer test = slowServer(DrainTest::patient)) {
      RawClient client = test.open();
      client.invoke("slow", 1);
      assertThat(get(test, "/health-check")).startsWith("HTTP/1.1 200");
      test.server().close();

      assertThat(test.server().isReady()).isFalse();
      awaitClosing(test);
      await()
          .untilAsserted(
              () ->
                  assertThat(exchange(test, RawClient.upgradeRequest(test.server().getPath())))
                      .startsWith("HTTP/1.1 503 "));
      gate.countDown();
    }
  }

  @Test
  void packetsThatWaitForAMiddlewareAreHandledAndAnswered() {
    try (TestServer test =
        TestServer.start(
            options -> patient(options).pingTimeoutDisabled(true),
            server -> {
              server.setMiddleware(
                  AGServer.MIDDLEWARE_INBOUND,
                  AGMiddleware.each(
                      action -> {
                        gate.await();
                        action.allow();
                      }));
              server.onConnection(
                  socket ->
                      socket.procedure("echo").consume(request -> request.end(request.data())));
            })) {
      RawClient client = test.open();
      List<Integer> cids =
          IntStream.range(0, 20).map(i -> client.invoke("echo", i)).boxed().toList();
      await() // without pings nothing else waits, and one is asked about
          .until(() -> test.socketOf(client).getInboundBackpressure() == cids.size() - 1);
      test.server().close();
      awaitClosing(test);
      gate.countDown();

      for (int cid : cids) {
        assertThat(client.nextJson().path("rid").asInt()).isEqualTo(cid);
      }
      assertThat(client.awaitClose()).isEqualTo(COME_BACK);
    }
  }

  @Test
  void aHandlerCanStillAskItsClientWhileNewPacketsAreNotAccepted() {
    Queue<String> late = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            DrainTest::patient,
            socket -> {
              socket.receiver("late").consume(data -> late.add(data.asString()));
              socket
                  .procedure("transfer")
                  .consume(
                      request -> {
                        gate.await();
                        request.end(socket.invoke("confirm", null).join());
                      });
            })) {
      RawClient client = test.open();
      RawClient idle = test.open();
      int cid = client.invoke("transfer", null);
      client.call("#subscribe", Map.of("channel", "any"));
      test.server().close();
      idle.awaitClose();
      await()
          .until(
              () -> {
                client.invoke("#publish", Map.of("channel", "any"));
                return client.waiting() == 0; // no answer any more
              });
      client.transmit("late", "too late");
      gate.countDown();

      int question = question(client).path("cid").asInt();
      client.send("{\"rid\":" + question + ",\"data\":\"yes\"}");

      assertThat(client.nextJson().path("rid").asInt()).isEqualTo(cid);
      assertThat(client.awaitClose()).isEqualTo(COME_BACK);
      assertThat(late).isEmpty();
    }
  }

  private static JsonNode question(RawClient client) {
    while (true) {
      JsonNode message = client.nextJson();
      if (message.path("event").asString("").equals("confirm")) {
        return message;
      }
    }
  }

  @Test
  void publishesThatWereAcknowledgedReachAllSubscribersBeforeTheyClose() {
    int publishes = 2000;
    try (TestServer test = TestServer.start(options -> options.closeTimeout(LONG))) {
      List<RawClient> subscribers =
          IntStream.range(0, 20)
              .mapToObj(
                  i -> {
                    RawClient client = test.open();
                    client.call("#subscribe", Map.of("channel", "news"));
                    return client;
                  })
              .toList();
      RawClient publisher = test.open();
      for (int i = 0; i < publishes; i++) {
        publisher.invoke("#publish", Map.of("channel", "news", "data", i));
      }
      for (int i = 0; i < publishes; i++) {
        publisher.nextJson();
      }
      test.server().close();

      for (RawClient subscriber : subscribers) {
        assertThat(subscriber.awaitClose()).isEqualTo(COME_BACK);
        assertThat(subscriber.waiting()).isEqualTo(publishes);
      }
    }
  }

  @Test
  void whatWasTransmittedIsHandledBeforeTheSocketCloses() {
    Queue<Integer> handled = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            options -> options.closeTimeout(LONG),
            socket ->
                socket
                    .receiver("work")
                    .consume(
                        data -> {
                          gate.await();
                          handled.add(data.asInt());
                        }))) {
      RawClient client = test.open();
      IntStream.range(0, 50).forEach(i -> client.transmit("work", i));
      client.call("#subscribe", Map.of("channel", "any"));
      CompletableFuture<Void> closed = test.server().close();
      gate.countDown();

      assertThat(client.awaitClose()).isEqualTo(COME_BACK);
      assertThat(closed).succeedsWithin(Duration.ofSeconds(60));
      assertThat(handled).hasSize(50);
    }
  }

  @Test
  void whatNobodyAnswersIsCutAtTheDeadline() {
    try (TestServer test = slowServer(options -> options.closeTimeout(Duration.ofMillis(300)))) {
      RawClient client = test.open();
      client.invoke("slow", 1);
      client.call("#subscribe", Map.of("channel", "any"));

      assertThat(test.server().close()).succeedsWithin(Duration.ofSeconds(60));
      assertThat(client.awaitClose()).isEqualTo(COME_BACK);
      gate.countDown();
    }
  }

  @Test
  void withoutAnyTimeAllAreCutAtOnce() {
    try (TestServer test = slowServer(options -> options.closeTimeout(Duration.ZERO))) {
      RawClient client = test.open();
      client.stopAnsweringClose();
      client.invoke("slow", 1);
      client.call("#subscribe", Map.of("channel", "any"));

      assertThat(test.server().close()).succeedsWithin(Duration.ofSeconds(8));
      assertThat(client.awaitClose()).isEqualTo(COME_BACK);
      gate.countDown();
    }
  }

  @Test
  void socketsAreSentAwayAtTheRateThatWasSet() {
    try (TestServer test = TestServer.start(options -> options.closeTimeout(LONG).closeRate(50))) {
      List<RawClient> clients = IntStream.range(0, 20).mapToObj(i -> test.open()).toList();
      long begun = System.nanoTime();
      test.server().close().join();

      assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
      assertThat(clients).allMatch(client -> client.awaitClose().equals(COME_BACK));
    }
  }

  @Test
  void aRateThatWouldTakeTooLongIsExceeded() {
    try (TestServer test =
        TestServer.start(options -> options.closeTimeout(Duration.ofSeconds(4)).closeRate(1))) {
      List<RawClient> clients = IntStream.range(0, 150).mapToObj(i -> test.open()).toList();

      // At the rate that was set it would take 150 s.
      assertThat(test.server().close()).succeedsWithin(Duration.ofSeconds(60));
      assertThat(clients).allMatch(client -> client.awaitClose().equals(COME_BACK));
    }
  }

  @Test
  void duringTheDelayTheServerIsNotReadyAndServesOn() {
    try (TestServer test = TestServer.start(options -> options.closeDelay(Duration.ofSeconds(1)))) {
      RawClient before = test.open();
      CompletableFuture<Void> closed = test.server().close();

      assertThat(test.server().isReady()).isFalse();
      RawClient during = test.open();
      during.call("#subscribe", Map.of("channel", "any"));
      before.call("#subscribe", Map.of("channel", "any"));
      assertThat(closed).isNotDone();
      assertThat(during.awaitClose()).isEqualTo(COME_BACK);
      assertThat(before.awaitClose()).isEqualTo(COME_BACK);
    }
  }

  @Test
  void aSharedPortGoesToTheOtherServerFirst() {
    try (TestServer old = slowServer(options -> patient(options).reusePort(true));
        TestServer next = TestServer.start(options -> options.reusePort(true), old.port())) {
      assertThat(next.port()).isEqualTo(old.port());
      RawClient client = connectTo(old);
      client.invoke("slow", 1);
      client.call("#subscribe", Map.of("channel", "any"));
      old.server().close();

      await()
          .ignoreExceptions() // the old one refused
          .until(
              () ->
                  IntStream.range(0, 10)
                      .allMatch(i -> next.server().clients().containsKey(next.open().id())));
      assertThat(client.isClosed()).isFalse();
      gate.countDown();
      assertThat(client.awaitClose()).isEqualTo(COME_BACK);
    }
  }

  /** The kernel chooses which server a connection comes to. */
  private static RawClient connectTo(TestServer test) {
    while (true) {
      RawClient client = test.open();
      if (test.server().clients().containsKey(client.id())) {
        return client;
      }
      client.close();
    }
  }

  @Test
  void toBeSentAwayIsNoErrorOfASocket() {
    Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    Queue<Integer> codes = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            options -> options,
            socket -> {
              socket.listener(AGServerSocket.ERROR).consume(event -> errors.add(event.error()));
              socket.listener(AGServerSocket.CLOSE).consume(event -> codes.add(event.code()));
            })) {
      RawClient client = test.open();
      client.call("#subscribe", Map.of("channel", "any"));
      await().until(() -> test.socketOf(client).getListenerConsumerCount("close") == 1);
      test.server().close().join();

      await().until(() -> !codes.isEmpty());
      assertThat(codes).containsExactly(4000);
      assertThat(errors).isEmpty();
    }
  }
}
