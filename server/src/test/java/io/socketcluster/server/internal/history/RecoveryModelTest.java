// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.internal.history.RecoveryModel.Action;
import io.socketcluster.server.internal.history.RecoveryModel.Flaw;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Explores the schedules of {@link RecoveryModel}: all short ones, and long ones by chance. A
 * failure names the schedule, or the seed of it.
 */
class RecoveryModelTest {
  private static final int LONGEST = 6;
  private static final int RANDOM_SCHEDULES = 300;
  private static final int RANDOM_LENGTH = 120;

  /** Returns the first schedule that breaks the promise, or null; counts those that were tried. */
  private static @Nullable String explore(Flaw flaw, boolean isNew, int[] tried) {
    Deque<List<Action>> open = new ArrayDeque<>();
    open.push(List.of());
    while (!open.isEmpty()) {
      List<Action> schedule = open.pop();
      RecoveryModel model = new RecoveryModel(flaw);
      if (!isNew) {
        model.subscribeOnce();
      }
      schedule.forEach(model::take);
      List<Action> possible = schedule.size() < LONGEST ? model.possible() : List.of();
      String problem = model.problemAfterHealing();
      tried[0]++;
      if (problem != null) {
        return problem + " after " + schedule;
      }
      for (Action next : possible) {
        List<Action> longer = new ArrayList<>(schedule);
        longer.add(next);
        open.push(longer);
      }
    }
    return null;
  }

  private static @Nullable String walk(Flaw flaw, long seed) {
    Random random = new Random(seed);
    RecoveryModel model = new RecoveryModel(flaw);
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      List<Action> possible = model.possible();
      model.take(possible.get(random.nextInt(possible.size())));
    }
    String problem = model.problemAfterHealing();
    return problem == null ? null : problem + " with seed " + seed;
  }

  @Test
  void noShortScheduleLosesOrDoublesAMessageInSilence() {
    int[] tried = new int[1];
    assertThat(explore(Flaw.NONE, true, tried)).isNull();
    assertThat(explore(Flaw.NONE, false, tried)).isNull();
    assertThat(tried[0]).isGreaterThan(5_000);
  }

  @Test
  void noLongScheduleLosesOrDoublesAMessageInSilence() {
    for (long seed = 1; seed <= RANDOM_SCHEDULES; seed++) {
      assertThat(walk(Flaw.NONE, seed)).isNull();
    }
  }

  /** The search would find what the protocol is careful about. */
  @ParameterizedTest
  @EnumSource(value = Flaw.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aFlawIsFound(Flaw flaw) {
    assertThat(explore(flaw, false, new int[1])).isNotNull();
  }
}
