// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.probe.WorkersProbe;
import io.socketcluster.benchmarks.workers.DeliveryLoad;
import io.socketcluster.benchmarks.workers.ReplacementLoad;
import java.util.List;
import java.util.Map;

/** The measurements of a process with two event loops, and of two workers with one each. */
public final class WorkersSection {
  public static final String DELIVERIES = "workers-deliveries";
  public static final String REPLACEMENT = "workers-replacement";

  /** The single process, with which the others are compared. */
  public static final String ONE = "one process";

  private static final String WORKERS = "2 workers";
  private static final String WITHOUT_SPARE = "2 workers, no spare";

  /** Workers, their broker, and the spare worker. */
  private static final Map<String, Integer> CHILDREN = Map.of(ONE, 0, WORKERS, 4, WITHOUT_SPARE, 3);

  private final Contenders contenders;

  WorkersSection(Contenders contenders) {
    this.contenders = contenders;
  }

  Section section() {
    Contender workers = contenders.workers(WORKERS, "--workers=2", "--event-loops=1");
    Contender withoutSpare =
        contenders.workers(WITHOUT_SPARE, "--workers=2", "--event-loops=1", "--spare-worker=false");
    Experiment deliveries =
        new Experiment(
            DELIVERIES,
            "200 clients, 100 publishes a second, and then as fast as they receive",
            List.of(contenders.workers(ONE, "--event-loops=2"), workers, withoutSpare),
            new WorkersProbe(contenders.load(DeliveryLoad.class), CHILDREN),
            Target.none());
    Experiment replacement =
        new Experiment(
            REPLACEMENT,
            "Each worker is killed once while 20 clients of each call it, 50 times a second",
            List.of(workers.behindTheLoad(), withoutSpare.behindTheLoad()),
            new WorkersProbe(contenders.load(ReplacementLoad.class), CHILDREN),
            Target.none());
    return new Section(
        Sections.WORKERS,
        "Supervised workers beside one process",
        ONE,
        List.of(Figure.ALL_PROCESSES, Figure.COMPILERS, Figure.THROUGHPUT, Figure.RESIDENT),
        List.of(deliveries, replacement));
  }
}
