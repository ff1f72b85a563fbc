// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.SocketState;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What an observer learns of a socket that is slow, and what it cannot break. */
class LoadObserverTest {
  private static final int LIMIT = 64 * 1024;
  private static final String FILLING = "x".repeat(8 * 1024);

  private static final class Counting implements LoadObserver {
    private final AtomicInteger dropped = new AtomicInteger();
    private final AtomicLong droppedBytes = new AtomicLong();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicLong waitingAtClose = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicInteger fewestMessages = new AtomicInteger(Integer.MAX_VALUE);

    @Override
    public void publishDropped(AGServerSocket socket, int bytes) {
      dropped.incrementAndGet();
      droppedBytes.addAndGet(bytes);
    }

    @Override
    public void slowConsumerClosed(AGServerSocket socket, long waitingBytes) {
      closed.incrementAndGet();
      waitingAtClose.set(waitingBytes);
    }

    @Override
    public void outboundWaiting(AGServerSocket socket, int messages, long bytes) {
      fewestMessages.accumulateAndGet(messages, Math::min);
      waiting.set(bytes);
    }
  }

  private static TestServer start(SlowConsumerPolicy policy, LoadObserver observer) {
    return TestServer.start(
        options ->
            options
                .outboundBufferLimit(LIMIT)
                .slowConsumerPolicy(policy)
                .pingInterval(Duration.ofMillis(100)) // and with it what waits is looked at
                .loadObserver(observer));
  }

  /** Publishes to a client that does not read until {@code seen} has counted something. */
  private static void publishUntil(TestServer test, AtomicInteger seen) {
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              for (int i = 0; i < 50 && seen.get() == 0; i++) {
                test.server().exchange().transmitPublish("news", FILLING);
              }
              return seen.get() > 0;
            });
  }

  private static SlowClient subscribe(TestServer test) {
    SlowClient client = SlowClient.connect(test);
    client.subscribe("news");
    return client;
  }

  @Test
  void publishesThatAreDroppedAndWhatWaitsAreTold() {
    Counting counting = new Counting();
    try (TestServer test = start(SlowConsumerPolicy.DROP_NEWEST, counting);
        SlowClient client = subscribe(test)) {
      publishUntil(test, counting.dropped);

      await().until(() -> counting.waiting.get() > LIMIT / 2);
      assertThat(counting.fewestMessages.get()).isPositive();
      assertThat(counting.droppedBytes.get() / counting.dropped.get())
          .isBetween((long) FILLING.length(), FILLING.length() + 100L);
      assertThat(counting.closed.get()).isZero();
      assertThat(client.socketIn(test).getOutboundBufferedBytes())
          .isEqualTo(counting.waiting.get());
    }
  }

  @Test
  void aSlowConsumerThatIsClosedIsToldWithWhatWaited() {
    Counting counting = new Counting();
    try (TestServer test = start(SlowConsumerPolicy.DISCONNECT, counting);
        SlowClient client = subscribe(test)) {
      publishUntil(test, counting.closed);

      assertThat(counting.waitingAtClose.get()).isGreaterThan(LIMIT / 2);
      assertThat(counting.closed.get()).isEqualTo(1);
      assertThat(counting.dropped.get()).isZero();
      assertThat(client.id()).isNotEmpty();
    }
  }

  @Test
  void whatAnObserverThrowsHurtsNobody() {
    AtomicInteger calls = new AtomicInteger();
    LoadObserver failing =
        new LoadObserver() {
          @Override
          public void publishDropped(AGServerSocket socket, int bytes) {
            calls.incrementAndGet();
            throw new IllegalStateException("of the observer");
          }
        };
    try (TestServer test = start(SlowConsumerPolicy.DROP_OLDEST, failing);
        SlowClient client = subscribe(test)) {
      RawClient other = test.open();
      other.call("#subscribe", java.util.Map.of("channel", "other"));
      publishUntil(test, calls);

      test.server().exchange().transmitPublish("other", "still there");

      assertThat(other.next()).contains("still there");
      assertThat(client.socketIn(test).state()).isEqualTo(SocketState.OPEN);
    }
  }

  @Test
  void whatWaitsInABatchIsCounted() {
    try (TestServer test = TestServer.start()) {
      AGServerSocket socket = test.socketOf(test.open());
      socket.startBatch();
      socket.transmit("first", FILLING);
      socket.transmit("second", FILLING);

      await().until(() -> socket.getOutboundBackpressure() == 2);
      assertThat(socket.getOutboundBufferedBytes()).isGreaterThan(2L * FILLING.length());

      socket.flushBatch();
      await().until(() -> socket.getOutboundBufferedBytes() == 0);
      assertThat(socket.getOutboundBackpressure()).isZero();
    }
  }
}
