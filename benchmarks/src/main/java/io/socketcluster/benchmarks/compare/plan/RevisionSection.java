// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.probe.LoadProbe;
import java.nio.file.Path;
import java.util.List;

/** The rows that take seconds, on the work tree and on another revision of this server. */
public final class RevisionSection {
  /** How much more CPU than the other revision is more than a busy machine explains. */
  private static final double MOST = 1.1;

  private static final List<String> LOADS =
      List.of(
          "fanout --connections 100 --window 1",
          "fanout --connections 1000",
          "rooms --connections 1000 --room 10",
          "echo --connections 100");

  private final List<Contender> contenders;

  /**
   * Describes it.
   *
   * @param jar the runnable jar of the other revision's benchmarks
   */
  public RevisionSection(Contenders contenders, Path jar) {
    this.contenders =
        List.of(contenders.ofJar("work tree", contenders.jar()), contenders.ofJar("revision", jar));
  }

  public Section section() {
    return new Section(
        Sections.REVISION,
        "The work tree and the other revision",
        "",
        List.of(Figure.CPU),
        LOADS.stream().map(this::experiment).toList());
  }

  private Experiment experiment(String load) {
    String id =
        "revision-" + load.replace("--connections ", "").replace("--", "").replace(' ', '-');
    return new Experiment(id, load, contenders, LoadProbe.of(load), Target.of(MOST));
  }
}
