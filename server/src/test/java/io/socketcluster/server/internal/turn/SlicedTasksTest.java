// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SlicedTasksTest {
  private static final long STEP = 100_000; // of a slice of 500,000

  private final Queue<Runnable> timers = new ArrayDeque<>();
  private long now;
  private final SlicedTasks tasks =
      new SlicedTasks(
          (task, nanos) -> {
            assertThat(nanos).as("right after the next reads").isZero();
            timers.add(task);
          },
          () -> now);
  private final List<Integer> done = new ArrayList<>();

  private boolean submit(int number) {
    return tasks.submit(
        () -> {
          done.add(number);
          now += STEP;
        });
  }

  private void submitTo(int count) {
    for (int i = 0; i < count; i++) {
      submit(i);
    }
  }

  @Test
  void aTaskThatFitsIntoTheSliceRunsAtOnce() {
    assertThat(submit(1)).isTrue();
    assertThat(done).containsExactly(1);
  }

  @Test
  void aTaskBeyondTheSliceWaitsForTheNextTurn() {
    submitTo(5);
    assertThat(submit(5)).isFalse();
    assertThat(done).containsExactly(0, 1, 2, 3, 4);

    timers.remove().run();
    assertThat(done).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void everyTurnRunsOneSliceInTheOrderInWhichTheTasksCame() {
    submitTo(17);
    assertThat(timers).hasSize(1);
    timers.remove().run();
    assertThat(done).hasSize(10);
    assertThat(submit(17)).as("no task passes those that wait").isFalse();
    timers.remove().run();
    timers.remove().run();

    assertThat(done).isSorted().hasSize(18);
    while (!timers.isEmpty()) {
      timers.remove().run();
    }
    assertThat(submit(18)).as("a new slice").isTrue();
  }

  @Test
  void anIdleLoopHasNoTimer() {
    submit(1);
    timers.remove().run();
    assertThat(timers).isEmpty();
  }

  @Test
  void aTaskThatFailsKeepsNoOtherWaiting() {
    submitTo(5);
    tasks.submit(
        () -> {
          throw new IllegalStateException();
        });
    submit(6);

    assertThatThrownBy(() -> timers.remove().run()).isInstanceOf(IllegalStateException.class);
    timers.remove().run();
    assertThat(done).endsWith(6);
  }
}
