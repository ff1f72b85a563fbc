// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.stream.StreamItem.End;
import io.socketcluster.stream.StreamItem.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MappedStreamTest {
  private final List<Object> failed = new ArrayList<>();
  private final WritableConsumableStream<String> source =
      new WritableConsumableStream<>((item, error) -> failed.add(item));
  private final ConsumableStream<Integer> numbers = source.map(MappedStreamTest::number);

  private static @Nullable Integer number(String text) {
    return text.isEmpty() ? null : Integer.valueOf(text);
  }

  @Test
  void consumerOfTheViewGetsMappedItemsWithoutTheSkipped() throws Exception {
    StreamConsumer<Integer> consumer = numbers.createConsumer();
    source.write("1");
    source.write("");
    source.write("2");
    source.close("3");

    assertThat(consumer.next()).isEqualTo(new Value<>(1));
    assertThat(consumer.next()).isEqualTo(new Value<>(2));
    assertThat(consumer.next()).isEqualTo(new End<>(3));
  }

  @Test
  void consumersOfTheViewAreConsumersOfTheSource() throws Exception {
    StreamConsumer<Integer> consumer = numbers.createConsumer(Duration.ofSeconds(1));
    source.write("1");

    assertThat(source.hasConsumer(consumer.id())).isTrue();
    assertThat(consumer.getBackpressure()).isEqualTo(1);
    assertThat(consumer.getStats()).isEqualTo(source.getConsumerStats(consumer.id()));
    source.killConsumer(consumer.id());
    assertThat(consumer.next()).isEqualTo(new End<>(null));

    StreamConsumer<Integer> closed = numbers.createConsumer();
    closed.close();
    assertThat(source.getConsumerCount()).isZero();
  }

  @Test
  void failingFunctionFailsNextAndTheConsumerGoesOn() throws Exception {
    StreamConsumer<Integer> consumer = numbers.createConsumer();
    source.write("x");
    source.write("1");

    assertThatThrownBy(consumer::next).isInstanceOf(NumberFormatException.class);
    assertThat(consumer.next()).isEqualTo(new Value<>(1));
  }

  @Test
  void consumeMapsAndSkipsAndReportsFailures() {
    List<Integer> seen = new ArrayList<>();
    numbers.consume(seen::add, Runnable::run);
    source.write("1");
    source.write("");
    source.write("x");
    source.write("2");

    assertThat(seen).containsExactly(1, 2);
    assertThat(failed).containsExactly("x");
  }

  @Test
  void onceOfTheViewWaitsForAnItemThatIsNotSkipped() throws Exception {
    Background<Integer> once = Background.virtual(() -> numbers.once()).parked();
    source.write("");
    source.write("7");

    assertThat(once.get()).isEqualTo(7);
    assertThat(source.getConsumerCount()).isZero();
    assertThatThrownBy(() -> numbers.once(Duration.ZERO))
        .isInstanceOf(StreamTimeoutException.class);
    assertThat(source.getConsumerCount()).isZero();
  }

  @Test
  void skippedItemsDoNotExtendTheTimeout() {
    ConsumableStream<Integer> mappedAgain = numbers.map(n -> n);
    Background<Integer> once = Background.virtual(() -> mappedAgain.once(Duration.ofMillis(300)));
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              source.write("");
              return !once.thread.isAlive();
            });

    assertThatThrownBy(once::get).isInstanceOf(StreamTimeoutException.class);
  }

  @Test
  void withATimeoutOfZeroWhatIsBehindASkippedItemIsTaken() throws Exception {
    StreamConsumer<Integer> consumer = numbers.createConsumer(Duration.ZERO);
    source.write("");
    source.write("1");

    assertThat(consumer.next()).isEqualTo(new Value<>(1));
    assertThatThrownBy(consumer::next).isInstanceOf(StreamTimeoutException.class);
  }

  @Test
  void viewsCanBeLoopedOverAndMappedAgain() {
    List<String> seen = new ArrayList<>();
    Iterable<String> texts = numbers.map(n -> n > 1 ? "#" + n : null);
    var iterator = texts.iterator();
    source.write("1");
    source.write("2");
    source.close();
    iterator.forEachRemaining(seen::add);

    assertThat(seen).containsExactly("#2");
  }
}
