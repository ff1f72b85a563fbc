// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.benchmarks.compare.figures.Figure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttackProbeTest {
  @Test
  void theRatioIsThatOfTheCallsBesideTheAttackToThoseBeforeIt() {
    assertThat(
            AttackProbe.withRatio(
                Map.of(Figure.WITHOUT_P99.key(), 200.0, Figure.ATTACKED_P99.key(), 700.0)))
        .containsEntry(Figure.P99_RATIO.key(), 3.5);
  }
}
