// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.stream.StreamItem.End;
import io.socketcluster.stream.StreamItem.Value;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StreamConsumerTest {
  private static final Duration SHORT = Duration.ofMillis(5);

  private final WritableConsumableStream<String> stream = new WritableConsumableStream<>();

  @Test
  void nextWaitsForAnItemOnVirtualAndPlatformThreads() throws Exception {
    StreamConsumer<String> one = stream.createConsumer();
    StreamConsumer<String> two = stream.createConsumer();
    Background<StreamItem<String>> virtual = Background.virtual(one::next).parked();
    Background<StreamItem<String>> platform = Background.platform(two::next).parked();
    stream.write("a");

    assertThat(virtual.get()).isEqualTo(new Value<>("a"));
    assertThat(platform.get()).isEqualTo(new Value<>("a"));
  }

  @Test
  void timeoutThrowsAndLeavesTheConsumerInPlace() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer(SHORT);
    assertThatThrownBy(consumer::next)
        .isInstanceOf(StreamTimeoutException.class)
        .hasMessageContaining("5 ms");

    stream.write("a");
    assertThat(consumer.next()).isEqualTo(new Value<>("a"));
    assertThat(stream.hasConsumer(consumer.id())).isTrue();
  }

  @Test
  void zeroTimeoutTakesWhatIsThereAndDoesNotWait() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer(Duration.ZERO);
    stream.write("a");

    assertThat(consumer.next()).isEqualTo(new Value<>("a"));
    assertThatThrownBy(consumer::next).isInstanceOf(StreamTimeoutException.class);
  }

  @Test
  void longestTimeoutDoesNotOverflow() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer(Duration.ofSeconds(Long.MAX_VALUE));
    Background<StreamItem<String>> waiting = Background.virtual(consumer::next).parked();
    stream.write("a");

    assertThat(waiting.get()).isEqualTo(new Value<>("a"));
  }

  @Test
  void negativeTimeoutIsRefused() {
    assertThatThrownBy(() -> stream.createConsumer(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-0.001S");
    assertThat(stream.getConsumerCount()).isZero();
  }

  @Test
  void itemsForOthersDoNotExtendTheTimeout() {
    StreamConsumer<String> consumer = stream.createConsumer(Duration.ofMillis(50));
    Background<StreamItem<String>> waiting = Background.virtual(consumer::next);
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              stream.writeToConsumer(99, "for nobody");
              return !waiting.thread.isAlive();
            });

    assertThatThrownBy(waiting::get).isInstanceOf(StreamTimeoutException.class);
  }

  @Test
  void interruptEndsTheWaitAndLeavesTheConsumerInPlace() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    Background<StreamItem<String>> waiting = Background.virtual(consumer::next).parked();
    waiting.thread.interrupt();
    assertThatThrownBy(waiting::get).isInstanceOf(InterruptedException.class);

    stream.write("a");
    assertThat(consumer.next()).isEqualTo(new Value<>("a"));
  }

  @Test
  void interruptedThreadTakesNothing() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    stream.write("a");
    Thread.currentThread().interrupt();

    assertThatThrownBy(consumer::next).isInstanceOf(InterruptedException.class);
    assertThat(consumer.getBackpressure()).isEqualTo(1);
  }

  @Test
  void closeLeavesTheStreamAndEndsAWait() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    Background<StreamItem<String>> waiting = Background.virtual(consumer::next).parked();
    consumer.close();

    assertThat(waiting.get()).isEqualTo(new End<>(null));
    assertThat(stream.getConsumerCount()).isZero();
    stream.write("unseen");
    assertThat(consumer.next()).isEqualTo(new End<>(null));
    consumer.close();
  }

  @Test
  void secondThreadInNextIsRefused() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    Background<StreamItem<String>> waiting = Background.virtual(consumer::next).parked();

    assertThatThrownBy(consumer::next).isInstanceOf(IllegalStateException.class);
    stream.write("a");
    assertThat(waiting.get()).isEqualTo(new Value<>("a"));
  }

  @Test
  void forLoopOverTheStreamEndsWithIt() throws Exception {
    Background<List<String>> loop =
        Background.virtual(
            () -> {
              List<String> seen = new ArrayList<>();
              for (String item : stream) {
                seen.add(item);
              }
              return seen;
            });
    loop.parked();
    stream.write("a");
    stream.write("b");
    stream.close();

    assertThat(loop.get()).containsExactly("a", "b");
    assertThat(stream.getConsumerCount()).isZero();
  }

  @Test
  void forLoopStartsWhereItsIteratorWasCreated() {
    stream.write("early");
    Iterator<String> iterator = stream.iterator();
    stream.write("a");
    stream.close();

    assertThat(iterator.next()).isEqualTo("a");
    assertThat(iterator.hasNext()).isFalse();
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void interruptedForLoopEndsWithTheFlagSetAndTheConsumerRemoved() throws Exception {
    Background<Boolean> loop =
        Background.virtual(
            () -> {
              for (String item : stream) {
                throw new AssertionError(item);
              }
              return Thread.currentThread().isInterrupted();
            });
    loop.parked();
    assertThat(stream.getConsumerCount()).isOne();
    loop.thread.interrupt();

    assertThat(loop.get()).isTrue();
    assertThat(stream.getConsumerCount()).isZero();
  }

  @Test
  void abandonedConsumersLeaveTheStream() {
    loopWithBreak(); // In a method of its own: a frame may hold what it does not need any more.
    stream.createConsumer();
    stream.write("b");

    awaitCollected(() -> stream.getConsumerCount() == 0);
    assertThat(stream.getBackpressure()).isZero();
  }

  private void loopWithBreak() {
    Iterator<String> iterator = stream.iterator();
    Iterable<String> loop = () -> iterator;
    stream.write("a");
    for (String item : loop) {
      assertThat(item).isEqualTo("a");
      break;
    }
  }

  @Test
  void consumerThatIsHeldStays() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    stream.createConsumer();
    stream.write("a");

    awaitCollected(() -> stream.getConsumerCount() == 1);
    assertThat(consumer.next()).isEqualTo(new Value<>("a"));
  }

  @Test
  void consumerIsKeptAliveByTheThreadThatWaitsInIt() throws Exception {
    Background<StreamItem<String>> waiting =
        Background.virtual(() -> stream.createConsumer().next()).parked();
    stream.createConsumer();

    awaitCollected(() -> stream.getConsumerCount() == 1);
    stream.write("a");
    assertThat(waiting.get()).isEqualTo(new Value<>("a"));
  }

  @Test
  void lonelyConsumerThatWaitsDoesNotHoldTheLastValue() throws Exception {
    WritableConsumableStream<Object> objects = new WritableConsumableStream<>();
    StreamConsumer<Object> consumer = objects.createConsumer(Duration.ZERO);
    WeakReference<Object> written = writeBig(objects);
    consumer.next();
    assertThatThrownBy(consumer::next).isInstanceOf(StreamTimeoutException.class);

    awaitCollected(() -> written.refersTo(null));
    objects.write("next");
    assertThat(consumer.next()).isEqualTo(new Value<>("next"));
  }

  private static WeakReference<Object> writeBig(WritableConsumableStream<Object> objects) {
    Object item = new byte[1024];
    objects.write(item);
    return new WeakReference<>(item);
  }

  static void awaitCollected(Callable<Boolean> condition) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              System.gc();
              return condition.call();
            });
  }
}
