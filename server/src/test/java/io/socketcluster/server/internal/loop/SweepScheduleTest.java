// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepScheduleTest {
  private static final long START = Long.MAX_VALUE - 50; // of System.nanoTime: it may overflow

  private final SweepSchedule schedule = new SweepSchedule(START);

  private static long at(long nanos) {
    return START + nanos;
  }

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      schedule.add();
    }
  }

  /** Gives a turn to all that are due, as a sweep does. */
  private List<Integer> takeDue(long now) {
    List<Integer> taken = new ArrayList<>();
    int place = schedule.lastDueBelow(Integer.MAX_VALUE, now);
    while (place >= 0) {
      schedule.take(place);
      taken.add(place);
      place = schedule.lastDueBelow(place, now);
    }
    return taken;
  }

  @Test
  void whoIsNewIsDueAndThenNotAgain() {
    assertThat(takeDue(START)).isEmpty();
    add(100);
    assertThat(takeDue(START)).hasSize(100).startsWith(99, 98).endsWith(0);
    assertThat(takeDue(at(1_000_000))).isEmpty();
  }

  @Test
  void whoSaysWhenIsDueThenAndNotBefore() {
    add(3);
    takeDue(START);
    schedule.makeDueIn(0, 200, at(100));
    schedule.makeDueIn(1, SweepSchedule.NEVER, at(100));
    assertThat(takeDue(at(299))).isEmpty();
    assertThat(takeDue(at(300))).containsExactly(0);
  }

  @Test
  void theEarlierTimeCounts() {
    add(2);
    takeDue(START);
    schedule.makeDueIn(0, 200, START);
    schedule.makeDueIn(0, 100, START);
    schedule.makeDueIn(0, SweepSchedule.NEVER, START);
    schedule.makeDue(1);
    schedule.makeDueIn(1, 500, START);
    assertThat(takeDue(at(100))).containsExactly(1, 0);
  }

  @Test
  void aTimeThatIsOverIsDue() {
    add(1);
    takeDue(START);
    schedule.makeDueIn(0, -10_000, START);
    assertThat(takeDue(START)).containsExactly(0);
  }

  @Test
  void theLastTakesThePlaceOfWhoIsRemovedAndItsTime() {
    add(3);
    takeDue(START);
    schedule.makeDueIn(0, 100, START);
    schedule.makeDueIn(2, 300, START);
    schedule.remove(0);
    assertThat(takeDue(at(200))).isEmpty();
    assertThat(takeDue(at(300))).containsExactly(0);
    schedule.remove(1);
    schedule.remove(0);
    assertThat(takeDue(at(400))).isEmpty();
    add(1);
    assertThat(takeDue(at(400))).containsExactly(0);
  }

  @Test
  void whoIsRemovedInTheMiddleOfASweepTakesNobodysTurn() {
    add(4);
    int place = schedule.lastDueBelow(4, START);
    assertThat(place).isEqualTo(3);
    schedule.take(3);
    schedule.remove(3);
    schedule.remove(2);
    assertThat(schedule.lastDueBelow(3, START)).isEqualTo(1);
  }

  @Test
  void allCanBeMadeDue() {
    add(2);
    takeDue(START);
    schedule.makeAllDue();
    assertThat(takeDue(START)).containsExactly(1, 0);
  }
}
