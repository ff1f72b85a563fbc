// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class GatheringTest {
  @Test
  void isCompleteWhenEverybodyAwaitedHasAnswered() {
    Gathering answers = new Gathering("self", Set.of("a"), false);
    answers.answered("self", 1);
    assertThat(answers.enough()).isNotDone();
    assertThat(answers.result().missing()).isEqualTo(1);

    answers.answered("a", 2);

    assertThat(answers.enough()).isCompleted();
    assertThat(answers.result().count()).isEqualTo(3);
    assertThat(answers.result().isComplete()).isTrue();
  }

  @Test
  void aServerCountsOnceAndAnUnknownServerCounts() {
    Gathering answers = new Gathering("self", Set.of("a"), false);
    answers.answered("b", 5);
    answers.answered("b", 5);
    answers.answered("self", 1);

    assertThat(answers.result().count()).isEqualTo(6);
    assertThat(answers.result().servers()).isEqualTo(2);
    assertThat(answers.result().missing()).isEqualTo(1);
  }

  @Test
  void servesTheWholeTimeWhenThereMayBeMore() {
    Gathering answers = new Gathering("self", Set.of(), true);

    answers.answered("self", 1);

    assertThat(answers.enough()).isNotDone();
    assertThat(answers.result().isComplete()).isTrue();
  }

  @Test
  void awaitsOnlyItselfWhenTheOthersWereNotReached() {
    Gathering answers = new Gathering("self", Set.of("a", "b"), true);
    answers.unreachable();
    assertThat(answers.enough()).isNotDone();

    answers.answered("self", 1);

    assertThat(answers.enough()).isCompleted();
    assertThat(answers.result().missing()).isEqualTo(2);
    assertThat(answers.result().isComplete()).isFalse();
  }
}
