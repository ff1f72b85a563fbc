// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.stream.StreamItem.End;
import io.socketcluster.stream.StreamItem.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A consumer that its stream closes takes its backlog, then its end, and nothing else. */
@Timeout(120)
class ClosedConsumersTest {
  private final WritableConsumableStream<String> stream = new WritableConsumableStream<>();
  private final StreamDemux<String> demux = new StreamDemux<>();

  private void write(String... items) {
    Arrays.stream(items).forEach(stream::write);
  }

  private void writeNamed(String... items) {
    Arrays.stream(items).forEach(item -> demux.write("a", item));
  }

  private static List<String> remaining(StreamConsumer<String> consumer) throws Exception {
    List<String> items = new ArrayList<>();
    StreamItem<String> item = consumer.next();
    while (item instanceof Value<String> value) {
      items.add(value.value());
      item = consumer.next();
    }
    items.add("end " + ((End<String>) item).value());
    return items;
  }

  private List<String> held() {
    List<String> held = new ArrayList<>();
    demux.forEachHeld((name, item) -> held.add(item));
    return held;
  }

  @Test
  void takesItsBacklogAndItsEndThoughMoreIsWritten() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    write("1", "2", "3");
    consumer.next();

    stream.closeConsumer(consumer.id(), "bye");
    write("4");

    assertThat(remaining(consumer)).containsExactly("2", "3", "end bye");
    assertThat(stream.hasConsumer(consumer.id())).isFalse();
  }

  @Test
  void theFirstEndCounts() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    write("1");
    stream.closeConsumer(consumer.id(), "first");
    write("2");
    stream.closeConsumer(consumer.id(), "second");
    stream.close("third");

    assertThat(remaining(consumer)).containsExactly("1", "end first");
  }

  @Test
  void aKillAfterTheCloseDropsTheBacklog() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    write("1");
    stream.closeConsumer(consumer.id(), "closed");
    stream.killConsumer(consumer.id(), "killed");

    assertThat(remaining(consumer)).containsExactly("end killed");
  }

  @Test
  void takesWhatWasWrittenForItAloneAndNothingOfOthers() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    StreamConsumer<String> other = stream.createConsumer();
    stream.writeToConsumer(other.id(), "not mine");
    stream.writeToConsumer(consumer.id(), "mine");
    stream.closeConsumer(other.id());
    stream.closeConsumer(consumer.id());
    stream.writeToConsumer(consumer.id(), "too late");

    assertThat(remaining(consumer)).containsExactly("mine", "end null");
    assertThat(remaining(other)).containsExactly("not mine", "end null");
  }

  @Test
  void isStillAConsumerUntilItHasTakenItsEnd() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    write("1", "2");
    stream.closeConsumer(consumer.id());
    write("3", "4", "5");

    assertThat(stream.hasConsumer(consumer.id())).isTrue();
    assertThat(stream.getConsumerCount()).isOne();
    assertThat(consumer.getBackpressure()).isEqualTo(3); // two items and the end
    consumer.next();
    assertThat(stream.getBackpressure()).isEqualTo(2);
    remaining(consumer);
    assertThat(stream.getConsumerCount()).isZero();
  }

  @Test
  void ifItWaitsItEndsAtOnce() {
    List<String> seen = new ArrayList<>();
    Consumption consumption = stream.consume(seen::add, Runnable::run);
    write("1");

    stream.closeConsumer(consumption.id());

    assertThat(stream.getConsumerCount()).isZero();
    assertThat(consumption.ended().toCompletableFuture()).isCompleted();
    assertThat(seen).containsExactly("1");
  }

  @Test
  void itsHandlerIsTriedAgainWhenItsExecutorTookNothingBefore() {
    List<String> seen = new ArrayList<>();
    boolean[] open = {false};
    Consumption consumption =
        stream.consume(
            seen::add,
            task -> {
              if (!open[0]) {
                throw new RejectedExecutionException("Not yet");
              }
              task.run();
            });
    write("1");
    open[0] = true;
    stream.closeConsumer(consumption.id());

    await().untilAsserted(() -> assertThat(consumption.ended().toCompletableFuture()).isDone());
    assertThat(seen).containsExactly("1");
  }

  @Test
  void whatItStillHasToTakeIsHeldOnceForAll() throws Exception {
    StreamConsumer<String> consumer = demux.stream("a").createConsumer();
    writeNamed("1", "2");
    StreamConsumer<String> later = demux.stream("a").createConsumer();
    writeNamed("3");
    demux.closeConsumer(consumer.id());
    writeNamed("4");

    assertThat(held()).containsExactlyInAnyOrder("1", "2", "3", "4");
    consumer.next();
    consumer.next();
    assertThat(held()).containsExactlyInAnyOrder("2", "3", "4");
    later.close();
    assertThat(held()).containsExactlyInAnyOrder("2", "3");
  }

  @Test
  void whoComesAfterItGetsWhatIsKept() throws Exception {
    demux.retain("a", 10);
    StreamConsumer<String> consumer = demux.stream("a").createConsumer();
    writeNamed("1", "2", "3");
    consumer.next();
    demux.closeConsumer(consumer.id());
    consumer.next();
    consumer.close(); // takes with it what it has taken
    StreamConsumer<String> later = demux.stream("a").createConsumer();
    writeNamed("4");
    demux.close("a");

    assertThat(remaining(later)).containsExactly("3", "4", "end null");
  }

  @Test
  void nothingIsLostOrDoubledWhenItIsClosedWhileItTakes() throws Exception {
    for (int round = 0; round < 100; round++) {
      WritableConsumableStream<Integer> numbers = new WritableConsumableStream<>();
      StreamConsumer<Integer> consumer = numbers.createConsumer();
      IntStream.range(0, 1000).forEach(numbers::write);
      Background<List<Integer>> taking = Background.platform(() -> all(consumer));
      Background<Boolean> writing = Background.platform(() -> writeMore(numbers));
      numbers.closeConsumer(consumer.id());

      List<Integer> taken = taking.get();
      assertThat(writing.get()).isTrue();
      assertThat(taken)
          .hasSizeGreaterThanOrEqualTo(1000)
          .isEqualTo(IntStream.range(0, taken.size()).boxed().collect(Collectors.toList()));
      assertThat(numbers.getConsumerCount()).isZero();
    }
  }

  private static boolean writeMore(WritableConsumableStream<Integer> numbers) {
    IntStream.range(1000, 1200).forEach(numbers::write);
    return true;
  }

  private static List<Integer> all(StreamConsumer<Integer> consumer) {
    List<Integer> all = new ArrayList<>();
    consumer.forEach(all::add);
    return all;
  }
}
