// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.stream.StreamItem.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at once; every test fails on an item lost, doubled or out of order, or a hang. */
@Timeout(120)
class StreamStressTest {
  private static final int WRITERS = 4;
  private static final int ITEMS = 20_000;

  /** What a writer wrote: who, and its how-manieth. */
  private record Written(int writer, int number) {}

  private final WritableConsumableStream<Written> stream = new WritableConsumableStream<>();

  private List<Background<Boolean>> startWriters() {
    return IntStream.range(0, WRITERS)
        .mapToObj(
            writer ->
                Background.virtual(
                    () -> {
                      for (int i = 0; i < ITEMS; i++) {
                        stream.write(new Written(writer, i));
                        if (i % 64 == 0) {
                          Background.letOthersRun();
                        }
                      }
                      return true;
                    }))
        .toList();
  }

  private static void assertComplete(List<Written> seen) {
    assertThat(seen).hasSize(WRITERS * ITEMS);
    int[] expected = new int[WRITERS];
    for (Written item : seen) {
      assertThat(item.number()).isEqualTo(expected[item.writer()]++);
    }
  }

  private CompletableFuture<List<Written>> consumed() {
    List<Written> seen = new ArrayList<>(); // Not thread-safe: calls must be ordered.
    return stream.consume(seen::add).ended().thenApply(end -> seen).toCompletableFuture();
  }

  private Background<List<Written>> looped(boolean virtual) {
    StreamConsumer<Written> consumer = stream.createConsumer();
    Callable<List<Written>> loop =
        () -> {
          List<Written> seen = new ArrayList<>();
          for (Written item : consumer) {
            seen.add(item);
          }
          return seen;
        };
    return virtual ? Background.virtual(loop) : Background.platform(loop);
  }

  private CompletableFuture<List<Written>> subscribed() {
    CompletableFuture<List<Written>> result = new CompletableFuture<>();
    stream.publisher().subscribe(new BatchSubscriber<>(result));
    return result;
  }

  /** Requests seven at a time. */
  private static final class BatchSubscriber<T> implements Flow.Subscriber<T> {
    private final List<T> seen = new ArrayList<>();
    private final CompletableFuture<List<T>> result;
    private Flow.Subscription subscription = new NoSubscription();
    private int left;

    BatchSubscriber(CompletableFuture<List<T>> result) {
      this.result = result;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      left = 7;
      given.request(7);
    }

    @Override
    public void onNext(T item) {
      seen.add(item);
      if (--left == 0) {
        left = 7;
        subscription.request(7);
      }
    }

    @Override
    public void onError(Throwable error) {
      result.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      result.complete(seen);
    }
  }

  private record NoSubscription() implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }

  @RepeatedTest(3)
  void allConsumersOfAllKindsSeeEverythingInOneOrder() throws Exception {
    var loops = List.of(looped(true), looped(true), looped(false));
    var others = List.of(consumed(), consumed(), subscribed());
    for (var writer : startWriters()) {
      writer.get();
    }
    stream.close();

    List<Written> first = loops.getFirst().get();
    assertComplete(first);
    for (var loop : loops) {
      assertThat(loop.get().equals(first)).isTrue();
    }
    for (var other : others) {
      assertThat(other.get(60, TimeUnit.SECONDS).equals(first)).isTrue();
    }
    assertThat(stream.getConsumerCount()).isZero();
  }

  /** It cuts off what it has passed, where writers may be about to look for the end. */
  @RepeatedTest(3)
  void lonelyConsumerSeesEverythingOfManyWriters() throws Exception {
    var seen = consumed();
    for (var writer : startWriters()) {
      writer.get();
    }
    stream.close();

    assertComplete(seen.get(60, TimeUnit.SECONDS));
  }

  /** The consumer waits, or is about to, at every single write: a lost wake-up hangs. */
  @Test
  void noWakeUpIsLostInALoop() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    StreamConsumer<Written> consumer = stream.createConsumer();
    var loop =
        Background.platform(
            () -> {
              for (Written item : consumer) {
                taken.set(item.number());
              }
              return true;
            });
    writeOneByOne(taken);
    stream.close();
    assertThat(loop.get()).isTrue();
  }

  @Test
  void noWakeUpIsLostInAHandler() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    Consumption consumption = stream.consume(item -> taken.set(item.number()));
    writeOneByOne(taken);
    stream.close();
    consumption.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private void writeOneByOne(AtomicInteger taken) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    for (int i = 1; i <= 30_000; i++) {
      stream.write(new Written(0, i));
      while (taken.get() != i) {
        Thread.onSpinWait();
        if (System.nanoTime() > deadline) {
          throw new AssertionError("Item " + i + " was not taken");
        }
      }
    }
  }

  @Test
  void onceUnderFireIsAlwaysAnswered() throws Exception {
    AtomicInteger stop = new AtomicInteger();
    var writer =
        Background.platform(
            () -> {
              int i = 0;
              while (stop.get() == 0) {
                stream.write(new Written(0, i++));
                Background.letOthersRun();
              }
              return true;
            });
    List<Background<Boolean>> readers = new ArrayList<>();
    for (int r = 0; r < 4; r++) {
      readers.add(
          Background.virtual(
              () -> {
                int last = -1;
                for (int i = 0; i < 2_000; i++) {
                  int number = stream.once().number();
                  assertThat(number).isGreaterThan(last);
                  last = number;
                }
                return true;
              }));
    }
    for (var reader : readers) {
      reader.get();
    }
    stop.set(1);
    writer.get();
    assertThat(stream.getConsumerCount()).isZero();
  }

  /** Consumers come, are closed, killed and interrupted while two threads write. */
  @Test
  void consumersThatComeAndGoSeeRunsWithoutGaps() throws Exception {
    AtomicInteger stop = new AtomicInteger();
    AtomicLong takenInAll = new AtomicLong();
    List<Background<Boolean>> threads = new ArrayList<>();
    for (int w = 0; w < 2; w++) {
      int writer = w;
      threads.add(
          Background.platform(
              () -> {
                for (int i = 0; stop.get() == 0; i++) {
                  stream.write(new Written(writer, i));
                  Background.letOthersRun();
                }
                return true;
              }));
    }
    List<Background<Boolean>> readers = new ArrayList<>();
    for (int r = 0; r < 4; r++) {
      readers.add(Background.virtual(() -> readRuns(takenInAll)));
    }
    threads.add(
        Background.platform(
            () -> {
              long next = 0;
              while (stop.get() == 0) {
                if (takenInAll.get() >= next) {
                  next = takenInAll.get() + 50;
                  stream.kill();
                }
                stream.getBackpressure();
                stream.getConsumerStatsList();
                Background.letOthersRun();
              }
              return true;
            }));
    for (var reader : readers) {
      reader.get();
    }
    stop.set(1);
    for (var thread : threads) {
      thread.get();
    }
    assertThat(takenInAll).hasPositiveValue();
    assertThat(stream.getConsumerCount()).isZero();
    assertThat(stream.getBackpressure()).isZero();
  }

  private boolean readRuns(AtomicLong takenInAll) throws InterruptedException {
    for (int run = 0; run < 2_000; run++) {
      int[] next = {-1, -1};
      try (StreamConsumer<Written> consumer = stream.createConsumer()) {
        for (int i = 0; i < 20 && consumer.next() instanceof Value<Written> item; i++) {
          Written written = item.value();
          int expected = next[written.writer()];
          assertThat(expected == -1 || expected == written.number()).isTrue();
          next[written.writer()] = written.number() + 1;
          takenInAll.incrementAndGet();
        }
      }
    }
    return true;
  }
}
