// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepWalkTest {
  private static final int PLACES = 2 * SweepWalk.SLICE + 10;

  private final SweepSchedule schedule = new SweepSchedule(0);
  private final Queue<Runnable> turns = new ArrayDeque<>();
  private final List<Integer> seen = new ArrayList<>();
  private final SweepWalk walk = new SweepWalk(schedule, turns::add, seen::add);

  SweepWalkTest() {
    IntStream.range(0, PLACES).forEach(place -> schedule.add());
  }

  @Test
  void aFewPlacesAreSeenInEachTurn() {
    walk.begin(1);
    assertThat(seen).hasSize(SweepWalk.SLICE);
    turns.remove().run();
    assertThat(seen).hasSize(2 * SweepWalk.SLICE);
    turns.remove().run();

    assertThat(seen).doesNotHaveDuplicates().hasSize(PLACES);
    assertThat(turns).isEmpty();
  }

  @Test
  void theNextWalkBeginsWhenTheLastIsOver() {
    walk.begin(1);
    schedule.makeAllDue();
    walk.begin(2);
    assertThat(seen).hasSize(SweepWalk.SLICE);
    turns.remove().run();
    turns.remove().run();
    assertThat(seen).as("each once").doesNotHaveDuplicates().hasSize(PLACES);

    seen.clear();
    walk.begin(3);
    assertThat(seen).as("those that became due behind the first").hasSize(SweepWalk.SLICE);
  }

  @Test
  void placesThatAreRemovedMeanwhileAreNotSeen() {
    walk.begin(1);
    for (int left = PLACES; left > 5; left--) {
      schedule.remove(left - 1);
    }
    turns.remove().run();

    assertThat(seen).hasSize(SweepWalk.SLICE + 5).doesNotHaveDuplicates();
    assertThat(turns).isEmpty();
  }

  @Test
  void nobodyIsDue() {
    walk.begin(1);
    turns.remove().run();
    turns.remove().run();
    seen.clear();
    walk.begin(2);

    assertThat(seen).isEmpty();
    assertThat(turns).isEmpty();
  }
}
