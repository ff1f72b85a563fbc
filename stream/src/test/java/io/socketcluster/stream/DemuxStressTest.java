// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.stream.StreamItem.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of a demux that come and go under fire: nobody may end up on an orphaned stream. */
@Timeout(120)
class DemuxStressTest {
  private static final int ROUNDS = 4_000;

  /**
   * Four threads share one name: each creates a consumer, writes, and must read what it wrote,
   * while the others make the stream come and go.
   */
  @Test
  void consumerIsNeverOnAnOrphanedStream() throws Exception {
    NamedStreams<Long> streams = new NamedStreams<>(null);
    ConsumableStream<Long> view = new DemuxedStream<>(streams, "name");
    List<Background<Boolean>> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      boolean virtual = t % 2 == 0;
      long base = t * 1_000_000L;
      Callable<Boolean> body =
          () -> {
            for (long i = 0; i < ROUNDS; i++) {
              try (StreamConsumer<Long> consumer = view.createConsumer()) {
                streams.write("name", base + i);
                while (!consumer.next().equals(new Value<>(base + i))) {
                  // An item of another thread.
                }
              }
            }
            return true;
          };
      threads.add(virtual ? Background.virtual(body) : Background.platform(body));
    }
    for (var thread : threads) {
      thread.get();
    }
    assertThat(streams.all()).isEmpty();
  }

  /** Waiting consumers are killed by name as soon as they come, the stream each time going away. */
  @Test
  void killReachesEveryConsumerAndLeavesNoStream() throws Exception {
    NamedStreams<Long> streams = new NamedStreams<>(null);
    ConsumableStream<Long> view = new DemuxedStream<>(streams, "name");
    AtomicInteger stop = new AtomicInteger();
    List<Background<Boolean>> readers = new ArrayList<>();
    for (int r = 0; r < 3; r++) {
      readers.add(
          Background.virtual(
              () -> {
                for (int i = 0; i < ROUNDS; i++) {
                  view.next();
                }
                return true;
              }));
    }
    var killer =
        Background.platform(
            () -> {
              while (stop.get() == 0) {
                streams.all().forEach(core -> core.kill(null));
                Background.letOthersRun();
              }
              return true;
            });
    for (var reader : readers) {
      reader.get();
    }
    stop.set(1);
    killer.get();
    assertThat(streams.all()).isEmpty();
  }

  /**
   * One thread writes 0, 1, 2..., one releases, one consumes, all at the same moment. The consumer
   * gets all or a run from somewhere to the end, without a gap, and the last item in any case.
   */
  @Test
  void consumerCreatedDuringReleaseGetsAllOrStartsAtTheEnd() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(3);
    List<NamedStreams<Integer>> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      NamedStreams<Integer> streams = new NamedStreams<>(null);
      streams.retain(1_000, name -> true);
      streams.write("name", 0);
      rounds.add(streams);
    }
    var releaser =
        Background.platform(
            () -> {
              for (NamedStreams<Integer> streams : rounds) {
                barrier.await();
                streams.release();
                barrier.await();
              }
              return true;
            });
    var writer =
        Background.platform(
            () -> {
              for (NamedStreams<Integer> streams : rounds) {
                barrier.await();
                for (int i = 1; i < 10; i++) {
                  streams.write("name", i);
                }
                barrier.await();
                streams.write("name", 10);
              }
              return true;
            });
    int[] outcomes = new int[2];
    for (NamedStreams<Integer> streams : rounds) {
      barrier.await();
      try (StreamConsumer<Integer> consumer = consumer(streams)) {
        barrier.await();
        outcomes[firstOfRun(consumer) == 0 ? 0 : 1]++;
      }
      assertThat(streams.all()).isEmpty();
    }
    releaser.get();
    writer.get();
    assertThat(outcomes[0] + outcomes[1]).isEqualTo(ROUNDS);
  }

  private static StreamConsumer<Integer> consumer(NamedStreams<Integer> streams) {
    return new DemuxedStream<>(streams, "name").createConsumer();
  }

  /** Reads up to item 10 and returns what the first one was. */
  private static int firstOfRun(StreamConsumer<Integer> consumer) throws InterruptedException {
    int first = -1;
    int expected = -1;
    while (expected != 11 && consumer.next() instanceof Value<Integer> item) {
      int number = item.value();
      if (first == -1) {
        first = number;
        expected = number;
      }
      assertThat(number).isEqualTo(expected);
      expected++;
    }
    assertThat(expected).isEqualTo(11);
    return first;
  }

  /** One takes items as fast as it can, the other kills: nothing may be taken afterwards. */
  @Test
  void killedConsumerTakesNothingMoreWhateverItWasAbout() throws Exception {
    List<Cursor<Integer>> cursors = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      StreamCore<Integer> core = new StreamCore<>(new StreamHome<>(null), null, false);
      cursors.add(requireNonNull(core.join(null)));
      for (int item = 0; item < 500; item++) {
        core.write(item);
      }
    }
    AtomicInteger killed = new AtomicInteger();
    var killer =
        Background.platform(
            () -> {
              for (Cursor<Integer> cursor : cursors) {
                while (cursor.backpressure() > 400) {
                  Thread.onSpinWait();
                }
                cursor.core.kill(-1);
                killed.incrementAndGet();
              }
              return true;
            });
    for (int round = 0; round < cursors.size(); round++) {
      StreamItem<Integer> item;
      do {
        item = cursors.get(round).poll();
      } while (item instanceof Value || (item == null && killed.get() <= round));
    }
    killer.get();
    assertThat(cursors)
        .allMatch(Cursor::isEnded)
        .allMatch(cursor -> new StreamItem.End<>(-1).equals(cursor.poll()));
  }
}
