// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepsTest {
  private static final long LONG = 1_000_000; // longer than a loop lends at once

  private final Queue<Runnable> timers = new ArrayDeque<>();
  private long now;
  private final LoopTurns turns =
      new LoopTurns(
          (task, nanos) ->
              timers.add(
                  () -> {
                    now += nanos;
                    task.run();
                  }),
          () -> now);
  private final List<Integer> done = new ArrayList<>();
  private int ends;

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private void take(int count) {
    Steps.take(
        turns,
        numbers(count),
        number -> {
          done.add(number);
          now += LONG;
        },
        () -> ends++);
  }

  private void runTimers() {
    while (!timers.isEmpty()) {
      timers.remove().run();
    }
  }

  @Test
  void aFewAreDoneAtOnceWhateverTheLoopLends() {
    turns.lends(() -> {}); // and does not come to its end: nothing else is lent
    now += LONG;
    take(Steps.SHARE);

    assertThat(done).hasSize(Steps.SHARE);
    assertThat(ends).isEqualTo(1);
  }

  @Test
  void ofManyTheOthersAreDoneWithTimeThatIsLent() {
    take(Steps.SHARE + 10);
    assertThat(done).hasSize(Steps.SHARE + 1);
    assertThat(ends).isZero();

    timers.remove().run();
    assertThat(done).hasSize(Steps.SHARE + 2);

    runTimers();
    assertThat(done).isEqualTo(numbers(Steps.SHARE + 10));
    assertThat(ends).isEqualTo(1);
  }

  @Test
  void noneHasAnEndToo() {
    take(0);
    assertThat(ends).isEqualTo(1);
  }

  @Test
  void anEventLoopThatHasEndedLeavesNothingUndone() {
    take(Steps.SHARE + 10);
    turns.abandon();

    assertThat(done).isEqualTo(numbers(Steps.SHARE + 10));
    assertThat(ends).isEqualTo(1);
  }
}
