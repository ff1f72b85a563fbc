// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.streams.HandlerFailures;
import io.socketcluster.core.streams.InboundMessage;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.SocketStreamCleanupMode;
import io.socketcluster.server.internal.events.ServerStreams;
import io.socketcluster.server.internal.loop.SweepSchedule;
import io.socketcluster.server.internal.outbound.TestOutput;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamRetentionTest {
  private static final int MORE_THAN_IS_RETAINED = 300;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final TestOutput output = new TestOutput(AGEndpoint.of("/"));
  private final ServerStreams streams =
      new ServerStreams(new HandlerFailures(output.recorded().events()), Runnable::run);
  private final StreamRetention retention =
      new StreamRetention(
          streams, output.order(), SocketStreamCleanupMode.CLOSE, output.wire().eventLoop());

  private void write(int messages) {
    for (int i = 0; i < messages; i++) {
      streams.receivers().write("note", new InboundMessage(null, error -> {}));
    }
  }

  @AfterEach
  void close() {
    output.close();
  }

  @Test
  void beforeTheConnectionEventItDoesNotEnd() {
    long now = System.nanoTime();

    assertThat(retention.ends(now + 1000 * SECOND)).isFalse();
    assertThat(retention.sweep(now)).isEqualTo(SweepSchedule.NEVER);
  }

  @Test
  void itEndsOneSecondAfterTheConnectionEventWasHandled() {
    retention.begin(() -> true, System.nanoTime());
    long handled = System.nanoTime();
    assertThat(retention.ends(handled)).as("the second begins").isFalse();
    assertThat(retention.ends(handled + SECOND - 1)).isFalse();
    assertThat(streams.isRetaining()).isTrue();

    assertThat(retention.ends(handled + SECOND)).isTrue();
    assertThat(retention.isOver()).isTrue();
    assertThat(streams.isRetaining()).isFalse();
    assertThat(retention.ends(handled + SECOND)).as("it ends once").isFalse();
  }

  @Test
  void anEventThatIsNeverHandledEndsItAfterTenSeconds() {
    long before = System.nanoTime();
    retention.begin(() -> false, System.nanoTime());
    long after = System.nanoTime();

    assertThat(retention.ends(before + 10 * SECOND - 1)).isFalse();
    assertThat(retention.ends(after + 10 * SECOND)).isTrue();
  }

  @Test
  void fullStreamsHoldTheOrderUntilTheyAreReleased() {
    retention.begin(() -> true, System.nanoTime());
    write(MORE_THAN_IS_RETAINED);
    assertThat(retention.holdsIfSaturated()).isTrue();
    assertThat(retention.holdsIfSaturated()).as("it is held already").isFalse();
    long now = System.nanoTime();
    assertThat(retention.sweep(now)).as("it looks again soon").isZero();
    assertThat(output.order().isIdle()).isFalse();
    retention.ends(now);
    retention.ends(now + SECOND);
    retention.sweep(now + SECOND);

    assertThat(output.order().isIdle()).isTrue();
  }

  @Test
  void aFewRetainedPacketsHoldNothing() {
    write(1);

    assertThat(retention.holdsIfSaturated()).isFalse();
  }

  @Test
  void theLastEventsAreRetainedForOneMoreSecond() {
    retention.begin(() -> true, System.nanoTime());
    long now = System.nanoTime();
    retention.ends(now);
    retention.ends(now + SECOND);
    retention.end(System.nanoTime());
    assertThat(retention.isOver()).isFalse();

    assertThat(retention.ends(now)).as("the second begins").isFalse();
    assertThat(retention.ends(now + SECOND)).isTrue();
  }

  @Test
  void allStreamsEndWhenItIsFinished() throws InterruptedException {
    StreamConsumer<Object> listener = streams.listeners().stream("close").createConsumer();
    retention.end(System.nanoTime());
    retention.finish();

    assertThat(listener.next()).isEqualTo(new StreamItem.End<>(null));
  }
}
