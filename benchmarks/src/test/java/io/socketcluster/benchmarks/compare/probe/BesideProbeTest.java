// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Effort;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.Tools;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BesideProbeTest {
  private static final Contender SERVER = new Contender("this", "socketcluster", List.of("true"));
  private static final Lab LAB =
      new Lab(new Tools(Path.of("")), new Effort(1, 1, 1), Path.of("log"));

  private static Probe p99(double micros) {
    return (contender, lab) -> Map.of(Figure.P99.key(), micros);
  }

  @Test
  void theFiguresOfBothAreKeptWithTheRatio() {
    assertThat(new BesideProbe(p99(200), p99(300)).measure(SERVER, LAB))
        .containsEntry(Figure.WITHOUT_P99.key(), 200.0)
        .containsEntry(Figure.P99.key(), 300.0)
        .containsEntry(Figure.P99_RATIO.key(), 1.5);
  }
}
