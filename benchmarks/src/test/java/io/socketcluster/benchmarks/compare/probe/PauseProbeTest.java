// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.socketcluster.benchmarks.compare.figures.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class PauseProbeTest {
  private static String pause(String uptime, long nanos) {
    return "["
        + uptime
        + "s][info][safepoint] Safepoint \"GenCollectForAllocation\", Time since last: 9 ns,"
        + " Reaching safepoint: 1 ns, Cleanup: 0 ns, At safepoint: 2 ns, Leaving safepoint: 3 ns,"
        + " Total: "
        + nanos
        + " ns, Threads: 0 runnable, 12 total";
  }

  @Test
  void pausesAreCountedAndComparedWithTheTimeTheLogCovers() {
    List<String> log =
        List.of(
            "SocketCluster bench server: port 1",
            pause("1.000", 3_000_000),
            pause("2.000", 1_000_000));

    assertThat(PauseProbe.pauses(log))
        .containsOnly(
            entry(Figure.PAUSES.key(), 2.0),
            entry(Figure.PAUSE_MAX.key(), 3.0),
            entry(Figure.PAUSE_SHARE.key(), 0.2));
  }

  @Test
  void aLogWithoutPausesHasNone() {
    assertThat(PauseProbe.pauses(List.of())).containsEntry(Figure.PAUSES.key(), 0.0);
  }
}
