// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingsTest {
  private final Readings readings = new Readings();

  private void cpu(String contender, double... rounds) {
    for (int round = 0; round < rounds.length; round++) {
      Map<String, Double> figures = Map.of(Figure.CPU.key(), rounds[round]);
      readings.add(new Reading("echo", contender, round + 1, figures));
    }
  }

  @Test
  void theMedianIsTheValueInTheMiddle() {
    assertThat(Readings.median(List.of(9.0, 1.0, 2.0))).hasValue(2);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Readings.median(List.of(4.0, 1.0, 2.0, 100.0))).hasValue(3);
  }

  @Test
  void thereIsNoMedianOfNothing() {
    assertThat(Readings.median(List.of())).isEmpty();
  }

  @Test
  void oneOutlierOfThreeRoundsDoesNotShow() {
    cpu("this", 5, 500, 6);

    assertThat(readings.median("echo", "this", Figure.CPU)).hasValue(6);
  }

  @Test
  void aMachineThatSlowsDownDoesNotChangeTheRatio() {
    cpu("this", 1, 2, 4);
    cpu("peer", 2, 4, 8);

    assertThat(readings.ratio("echo", "this", "peer", Figure.CPU)).hasValue(0.5);
  }

  @Test
  void aRoundInWhichOneOfTheTwoFailedIsLeftOut() {
    cpu("this", 1, 9, 1);
    readings.add(new Reading("echo", "peer", 1, Map.of(Figure.CPU.key(), 4.0)));
    readings.add(new Reading("echo", "peer", 3, Map.of(Figure.CPU.key(), 4.0)));

    assertThat(readings.ratio("echo", "this", "peer", Figure.CPU)).hasValue(0.25);
  }

  @Test
  void thereIsNoRatioToNothing() {
    cpu("this", 1);
    cpu("peer", 0);

    assertThat(readings.ratio("echo", "this", "peer", Figure.CPU)).isEmpty();
    assertThat(readings.ratio("echo", "this", "nobody", Figure.CPU)).isEmpty();
    assertThat(readings.ratio("echo", "this", "peer", Figure.P99)).isEmpty();
  }
}
