// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.SocketState;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the streams of a socket whose client has gone. */
class StreamCleanupTest {
  private static final int SENT = 15;

  private final Queue<Integer> handled = new ConcurrentLinkedQueue<>();
  private final Semaphore permits = new Semaphore(0);

  private TestServer server(SocketStreamCleanupMode mode) {
    return TestServer.start(
        options -> options.socketStreamCleanupMode(mode).pingInterval(Duration.ofMillis(800)),
        server -> server.onConnection(socket -> {}));
  }

  /** A loop that handles one message for each permit. */
  private Thread loop(AGServerSocket socket) {
    return Thread.startVirtualThread(
        () -> {
          for (int number : socket.receiver("n", Integer.class)) {
            permits.acquireUninterruptibly();
            handled.add(number);
          }
        });
  }

  /** Returns a socket whose application has had its second of grace. */
  private static AGServerSocket settled(TestServer test, RawClient client) {
    AGServerSocket socket = test.socketOf(client);
    await()
        .until(
            () -> {
              client.transmit("probe", 1);
              return isDropped(socket);
            });
    return socket;
  }

  /** What nobody consumes is kept in the time of grace, and then no more. */
  private static boolean isDropped(AGServerSocket socket) {
    try (var consumer = socket.receiver("probe").createConsumer()) {
      return consumer.getBackpressure() == 0 && socket.getBytesReceived() > 200;
    }
  }

  private static void fill(RawClient client, AGServerSocket socket) {
    await().until(() -> !socket.getReceiverConsumerStatsList("n").isEmpty());
    IntStream.range(0, SENT).forEach(i -> client.transmit("n", i));
    await().until(() -> socket.getReceiverBackpressure("n") == SENT - 1);
  }

  @Test
  void killDropsTheBacklogOfAConsumerThatIsBehindAndEndsItsLoop() throws Exception {
    try (TestServer test = server(SocketStreamCleanupMode.KILL)) {
      RawClient client = test.open();
      AGServerSocket socket = settled(test, client);
      Thread loop = loop(socket);
      fill(client, socket);

      client.close();
      await().until(() -> socket.getAllReceiversBackpressure() == 0);
      permits.release(SENT);

      assertThat(loop.join(Duration.ofSeconds(60))).isTrue();
      assertThat(handled).containsExactly(0);
    }
  }

  @Test
  void closeLetsConsumersFinishAndEndsTheirLoops() throws Exception {
    try (TestServer test = server(SocketStreamCleanupMode.CLOSE)) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      Thread loop = loop(socket);
      fill(client, socket);

      client.close();
      await().until(() -> socket.state() == SocketState.CLOSED);
      awaitEnd(socket);
      permits.release(SENT);

      assertThat(loop.join(Duration.ofSeconds(60))).isTrue();
      assertThat(handled).hasSize(SENT);
    }
  }

  /** Whoever consumes an ended stream finds its end. */
  private static void awaitEnd(AGServerSocket socket) {
    await()
        .until(
            () -> {
              CountDownLatch ended = new CountDownLatch(1);
              var probe = socket.receiver("probe").consume(data -> {});
              probe.ended().thenRun(ended::countDown);
              boolean isEnded = ended.getCount() == 0;
              probe.close();
              return isEnded;
            });
  }

  @Test
  void noneLetsConsumersFinishAndWait() throws Exception {
    try (TestServer test = server(SocketStreamCleanupMode.NONE)) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      Thread loop = loop(socket);
      fill(client, socket);

      client.close();
      await().pollDelay(Duration.ofMillis(1600)).until(() -> socket.state() == SocketState.CLOSED);
      permits.release(SENT);
      await().until(() -> handled.size() == SENT);

      assertThat(loop.isAlive()).isTrue();
      socket.killAllStreams();
      assertThat(loop.join(Duration.ofSeconds(60))).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAClientSendsBeforeItGoesIsHandledByWhoIsQuick(SocketStreamCleanupMode mode) {
    try (TestServer test = server(mode)) {
      test.server()
          .onConnection(socket -> socket.receiver("n", Integer.class).consume(handled::add));
      for (int i = 0; i < 50; i++) {
        RawClient client = test.open();
        client.transmit("n", i);
        client.sendFrame(8, new byte[] {0x03, (byte) 0xE8});
      }

      await().until(() -> handled.size() == 50);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"KILL", "CLOSE"})
  void theLoopsOfAServerEndWithIt(SocketStreamCleanupMode mode) throws Exception {
    Thread loop;
    Thread serverLoop;
    permits.release(SENT);
    try (TestServer test = server(mode)) {
      loop = loop(test.socketOf(test.open()));
      serverLoop =
          Thread.startVirtualThread(
              () -> test.server().listener(AGServer.CONNECTION).forEach(event -> {}));
    }
    assertThat(loop.join(Duration.ofSeconds(60))).isTrue();
    assertThat(serverLoop.join(Duration.ofSeconds(60))).isTrue();
  }
}
