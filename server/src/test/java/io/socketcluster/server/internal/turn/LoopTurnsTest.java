// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopTurnsTest {
  private static final long MILLI = 1_000_000;

  private long now;
  private long dueAt;
  private Runnable due = () -> {};
  private int timers;
  private final LoopTurns turns =
      new LoopTurns(
          (task, nanos) -> {
            timers++;
            due = task;
            dueAt = now + nanos;
          },
          () -> now);
  private final List<String> done = new ArrayList<>();

  /** So many steps, each of which takes as long. */
  private final class Steps implements LoopTurns.Work {
    private final String name;
    private final long nanos;
    private int left;

    Steps(String name, int steps, long nanos) {
      this.name = name;
      this.left = steps;
      this.nanos = nanos;
    }

    @Override
    public void resume() {
      while (left > 0 && turns.lends(this)) {
        left--;
        now += nanos;
        done.add(name);
      }
      turns.done(this);
    }
  }

  private void runTimer() {
    now = Math.max(now, dueAt);
    due.run();
  }

  @Test
  void aFewStepsAreDoneAtOnce() {
    new Steps("a", 10, 10_000).resume();

    assertThat(done).hasSize(10);
    assertThat(timers).isZero();
  }

  @Test
  void whatTakesLongIsResumedLaterAndHasHalfOfTheTime() {
    Steps work = new Steps("a", 10_000, 10_000);
    work.resume();
    assertThat(now).as("the first piece").isLessThanOrEqualTo(MILLI + 10_000);
    while (work.left > 0) {
      long before = now;
      runTimer();
      long piece = now - Math.max(before, dueAt);
      assertThat(piece).isLessThanOrEqualTo(MILLI + 10_000);
    }

    assertThat(now).as("100 ms of work").isBetween(180 * MILLI, 220 * MILLI);
  }

  @Test
  void thoseThatWaitHaveTheirTurnsOneAfterTheOther() {
    Steps a = new Steps("a", 1_000, 100_000);
    a.resume();
    Steps b = new Steps("b", 1_000, 100_000);
    b.resume();
    assertThat(done).doesNotContain("b");
    done.clear();
    for (int i = 0; i < 100; i++) {
      runTimer();
    }

    long ofA = done.stream().filter("a"::equals).count();
    assertThat(ofA).isCloseTo(done.size() / 2, within(20L));
  }

  @Test
  void oneLongStepIsPaidForByAPause() {
    new Steps("a", 1, 20 * MILLI).resume();
    Steps b = new Steps("b", 1, 1);
    b.resume();
    assertThat(done).containsExactly("a");

    runTimer();
    assertThat(done).containsExactly("a", "b");
    assertThat(now).isGreaterThan(38 * MILLI);
  }

  @Test
  void creditIsNotSavedUp() {
    now += 1_000 * MILLI;
    Steps work = new Steps("a", 1_000, 100_000);
    work.resume();

    assertThat(done).hasSizeLessThan(30);
  }

  @Test
  void aFailureOfOneDoesNotKeepTheOthersWaiting() {
    Steps first = new Steps("a", 1_000, 100_000);
    first.resume();
    turns.lends(
        () -> {
          throw new IllegalStateException();
        });
    first.left = 0;
    Steps last = new Steps("last", 1, 1);
    last.resume();

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 5; i++) {
                runTimer();
              }
            })
        .isInstanceOf(IllegalStateException.class);
    runTimer();
    assertThat(done).contains("last");
  }
}
