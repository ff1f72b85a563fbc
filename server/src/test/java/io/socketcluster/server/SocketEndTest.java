// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketcluster.core.EventName;
import io.socketcluster.core.SocketState;
import io.socketcluster.stream.StreamEndedException;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches the consumers of a socket at its end, and when their streams end. */
class SocketEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] NORMAL = {0x03, (byte) 0xE8};
  private static final Duration KEPT = Duration.ofSeconds(1);
  private static final int CLOSE = 8;
  private static final int SENT = 15;

  private final Queue<Integer> handled = new ConcurrentLinkedQueue<>();
  private final Semaphore permits = new Semaphore(0);

  private static TestServer server(SocketStreamCleanupMode mode) {
    return TestServer.start(
        options -> options.socketStreamCleanupMode(mode),
        server -> server.onConnection(socket -> {}));
  }

  private static void hangUp(RawClient client) {
    client.sendFrame(CLOSE, NORMAL);
  }

  private static AGServerSocket closed(AGServerSocket socket) {
    await().atMost(PATIENCE).until(() -> socket.state() == SocketState.CLOSED);
    return socket;
  }

  /** Returns the event of the end, which is kept for a second, if the machine is quick enough. */
  private static <E> E late(AGServerSocket socket, EventName<E> event, long hungUp)
      throws InterruptedException {
    try {
      return socket.listener(event).once(PATIENCE);
    } catch (StreamEndedException e) {
      Duration late = Duration.ofNanos(System.nanoTime() - hungUp);
      assumeTrue(late.compareTo(KEPT) < 0, () -> "came after " + late + ": a busy machine");
      throw e;
    }
  }

  private static void pass(int millis) {
    await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
  }

  private void blockIn(int number) {
    handled.add(number);
    permits.acquireUninterruptibly();
  }

  private void fill(RawClient client) {
    IntStream.range(0, SENT).forEach(i -> client.transmit("n", i));
    await().atMost(PATIENCE).until(() -> !handled.isEmpty());
  }

  @ParameterizedTest
  @EnumSource(names = {"KILL", "CLOSE"})
  void aConsumerThatComesLateFindsEachEventOfTheEndAfterAnyLifetime(SocketStreamCleanupMode mode)
      throws Exception {
    try (TestServer test = server(mode)) {
      for (int lifetime : List.of(0, 245, 605, 1047, 1214, 1500, 2507)) {
        RawClient client = test.open();
        AGServerSocket socket = test.socketOf(client);
        client.call("#subscribe", Map.of("channel", "news"));
        pass(lifetime);
        long hungUp = System.nanoTime();
        hangUp(client);
        closed(socket);
        pass(700);

        for (EventName<?> event :
            List.of(
                AGServerSocket.DISCONNECT,
                AGServerSocket.CLOSE,
                AGServerSocket.UNSUBSCRIBE,
                AGServerSocket.END)) {
          assertThat(late(socket, event, hungUp)).as("%s %d", event, lifetime).isNotNull();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 400, 1100, 2600})
  void aSecondConsumerThatComesLateFindsWhatTheFirstHasSeen(int lifetime) throws Exception {
    try (TestServer test = server(SocketStreamCleanupMode.KILL)) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      CountDownLatch first = new CountDownLatch(1);
      socket.listener(AGServerSocket.DISCONNECT).consume(event -> first.countDown());
      pass(lifetime);
      long hungUp = System.nanoTime();
      hangUp(client);
      assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
      pass(300);

      assertThat(late(socket, AGServerSocket.DISCONNECT, hungUp).code()).isEqualTo(1000);
    }
  }

  @ParameterizedTest
  @CsvSource({"KILL, 0", "KILL, 600", "KILL, 1700", "CLOSE, 0", "CLOSE, 1700"})
  void anAbortedHandshakeReachesThoseWhoComeLate(SocketStreamCleanupMode mode, int lifetime)
      throws Exception {
    Queue<AGServerSocket> pending = new ConcurrentLinkedQueue<>();
    try (TestServer test = server(mode)) {
      test.server().listener(AGServer.HANDSHAKE).consume(event -> pending.add(event.socket()));
      RawClient client = test.upgraded();
      await().atMost(PATIENCE).until(() -> !pending.isEmpty());
      pass(lifetime);
      long hungUp = System.nanoTime();
      hangUp(client);
      AGServerSocket socket = closed(pending.remove());
      pass(500);

      assertThat(late(socket, AGServerSocket.CONNECT_ABORT, hungUp)).isNotNull();
      assertThat(late(socket, AGServerSocket.END, hungUp)).isNotNull();
    }
  }

  @Test
  void killDropsTheBacklogOfABusyHandlerInTheFirstSecondToo() {
    try (TestServer test = server(SocketStreamCleanupMode.KILL)) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      var consumption = socket.receiver("n", Integer.class).consume(this::blockIn);
      fill(client);
      hangUp(client);
      await().atMost(PATIENCE).until(() -> !socket.hasReceiverConsumer("n", consumption.id()));
      permits.release(SENT);

      consumption.ended().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
      assertThat(handled).containsExactly(0);
    }
  }

  /** It waits for the server, not for something of the application's. */
  @Test
  @SuppressWarnings("try") // the places are given back before the end of the block
  void killLeavesItsBacklogToAHandlerThatWaitsForItsTurnToDecode() {
    List<String> longValue = Collections.nCopies(10_000, "x");
    try (TestServer test = server(SocketStreamCleanupMode.KILL);
        DecodingPlaces places = DecodingPlaces.takeAll()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      var consumption = socket.receiver("n").consume(list -> handled.add(list.size()));
      IntStream.range(0, 3).forEach(i -> client.transmit("n", longValue));
      await().atMost(PATIENCE).until(() -> socket.getReceiverBackpressure("n") == 2);
      hangUp(client);
      closed(socket);
      pass(300); // in which KILL looks several times
      places.close();

      consumption.ended().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
      assertThat(handled).containsExactly(10_000, 10_000, 10_000);
    }
  }

  @Test
  void killEndsABusyLoopAfterTheItemInHand() throws Exception {
    try (TestServer test = server(SocketStreamCleanupMode.KILL)) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      Thread loop =
          Thread.startVirtualThread(
              () -> socket.receiver("n", Integer.class).forEach(this::blockIn));
      fill(client);
      hangUp(client);
      await().atMost(PATIENCE).until(() -> socket.getReceiverConsumerStatsList("n").isEmpty());
      permits.release(SENT);

      assertThat(loop.join(PATIENCE)).isTrue();
      assertThat(handled).containsExactly(0);
    }
  }

  @Test
  void closeLetsABusyHandlerFinishWithinAndBeyondTheSecond() {
    try (TestServer test = server(SocketStreamCleanupMode.CLOSE)) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      var consumption = socket.receiver("n", Integer.class).consume(this::blockIn);
      fill(client);
      hangUp(client);
      closed(socket);
      pass(1700);
      permits.release(SENT);

      consumption.ended().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
      assertThat(handled).hasSize(SENT);
    }
  }

  /** The loops have ended while those who come late still find what was kept for them. */
  @ParameterizedTest
  @CsvSource({"KILL, 0", "KILL, 1600", "CLOSE, 0", "CLOSE, 1600"})
  void loopsEndAtOnceWhenNothingIsLeftToDo(SocketStreamCleanupMode mode, int lifetime)
      throws Exception {
    try (TestServer test = server(mode)) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      Thread receiver = Thread.startVirtualThread(() -> socket.receiver("n").forEach(data -> {}));
      Thread procedure = Thread.startVirtualThread(() -> socket.procedure("p").forEach(r -> {}));
      Thread listener =
          Thread.startVirtualThread(
              () -> socket.listener(AGServerSocket.DISCONNECT).forEach(event -> {}));
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  socket.getAllReceiversConsumerStatsList().size()
                          + socket.getAllProceduresConsumerStatsList().size()
                          + socket.getAllListenersConsumerStatsList().size()
                      == 3);
      pass(lifetime);
      long hungUp = System.nanoTime();
      hangUp(client);
      for (Thread loop : List.of(receiver, procedure, listener)) {
        assertThat(loop.join(PATIENCE)).isTrue();
      }

      assertThat(late(socket, AGServerSocket.DISCONNECT, hungUp).code()).isEqualTo(1000);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"KILL", "CLOSE"})
  void aListenerToErrorsHearsOfWhatIsAskedOfAClosedSocketAndEndsThen(SocketStreamCleanupMode mode)
      throws Exception {
    Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    try (TestServer test = server(mode)) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      Thread loop =
          Thread.startVirtualThread(
              () -> socket.listener(AGServerSocket.ERROR).forEach(e -> errors.add(e.error())));
      await().atMost(PATIENCE).until(() -> !socket.getAllListenersConsumerStatsList().isEmpty());
      hangUp(client);
      closed(socket).transmit("late", 1);

      assertThat(loop.join(PATIENCE)).isTrue();
      assertThat(errors).hasSize(1);
    }
  }

  @Test
  void aSlowListenerStillHearsOfEachSubscriptionThatEnded() {
    Queue<String> ended = new ConcurrentLinkedQueue<>();
    try (TestServer test = server(SocketStreamCleanupMode.KILL)) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket
          .listener(AGServerSocket.UNSUBSCRIBE)
          .consume(
              event -> {
                ended.add(event.channel());
                TimeUnit.MILLISECONDS.sleep(300);
              });
      for (int i = 0; i < 8; i++) {
        client.call("#subscribe", Map.of("channel", "c" + i));
      }
      hangUp(client);

      await().atMost(PATIENCE).until(() -> ended.size() == 8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWaitsForTheMiddlewareWhenTheClientGoesIsStillHandled(SocketStreamCleanupMode mode) {
    try (TestServer test = server(mode)) {
      test.server().setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(AGAction::allow));
      test.server()
          .onConnection(socket -> socket.receiver("n", Integer.class).consume(handled::add));
      for (int i = 0; i < 50; i++) {
        RawClient client = test.open();
        client.transmit("n", 1);
        client.transmit("n", 2);
        hangUp(client);
      }

      await().atMost(PATIENCE).untilAsserted(() -> assertThat(handled).hasSize(100));
    }
  }

  /** No pong can tell the version any more: the call may be a message of version 1. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWaitsForTheVersionWhenTheClientGoesIsStillHandled(boolean isCall) {
    CountDownLatch gone = new CountDownLatch(1);
    try (TestServer test =
        TestServer.start(
            options -> options,
            server -> server.onConnection(each -> handle(each, isCall, gone)))) {
      RawClient client = test.upgraded();
      client.stopAnsweringPings();
      client.handshake(null);
      client.invoke("n", 1);
      client.transmit("after", 2);
      hangUp(client);
      gone.countDown();

      await().atMost(PATIENCE).until(() -> handled.size() == 2);
      assertThat(handled).containsExactlyInAnyOrder(1, 2);
    }
  }

  private void handle(AGServerSocket socket, boolean isCall, CountDownLatch gone)
      throws InterruptedException {
    gone.await();
    if (isCall) {
      socket.procedure("n", Integer.class).consume(call -> handled.add(call.data()));
    } else {
      socket.receiver("n", Integer.class).consume(handled::add);
    }
    socket.receiver("after", Integer.class).consume(handled::add);
  }
}
