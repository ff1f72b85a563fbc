// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.lab.Tools;
import io.socketcluster.benchmarks.compare.probe.ColdProbe;
import io.socketcluster.benchmarks.compare.probe.IdleProbe;
import io.socketcluster.benchmarks.compare.probe.LoadProbe;
import io.socketcluster.benchmarks.compare.probe.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * The goals of the second round. The first contender of each experiment is compared with the last;
 * where there is only one, its figure is.
 */
public final class GoalSection {
  private static final String FANOUT = "fanout --connections 1000";
  private static final String ECHO = "echo --connections 100";
  private static final int FEW = 1_000;
  private static final int MANY = 15_000;

  private final Contenders contenders;
  private final Tools tools;
  private final int most;

  /**
   * Describes them.
   *
   * @param most how many connections this machine's descriptors allow
   */
  public GoalSection(Contenders contenders, Tools tools, int most) {
    this.contenders = contenders;
    this.tools = tools;
    this.most = most;
  }

  public Section section() {
    List<Experiment> goals = new ArrayList<>();
    goals.add(floor("fanout-100-window-1", "fanout --connections 100 --window 1", 1.05));
    goals.add(floor("rooms-of-10", "rooms --connections 1000 --room 10", 1.1));
    goals.add(floor("echo-100", ECHO, 1.05));
    goals.add(connectFirst());
    goals.add(cold("cold-echo", ECHO));
    goals.add(cold("cold-fanout", FANOUT));
    goals.add(idle());
    goals.add(middleware("allowing-non-blocking"));
    goals.add(middleware("deciding-non-blocking"));
    goals.addAll(new FormatGoals(contenders).all());
    goals.add(new ClientGoal(contenders, tools).experiment());
    return new Section(
        Sections.GOALS, "The goals of the second round", "", List.of(Figure.CPU), goals);
  }

  private Contender thisServer() {
    return contenders.thisServer(Contenders.THIS);
  }

  private Experiment floor(String id, String load, double target) {
    return new Experiment(
        "goal-" + id,
        load,
        List.of(thisServer(), contenders.named(Contenders.FLOOR)),
        LoadProbe.of(load),
        Target.of(target));
  }

  private Experiment connectFirst() {
    int connects = Math.min(Sections.CONNECTS, most);
    return new Experiment(
        "goal-connect-first",
        "connect, the first " + connects + " after the start",
        List.of(contenders.launched(), contenders.named(Contenders.SOCKETCLUSTER)),
        LoadProbe.opening(connects, 0),
        Target.of(0.7));
  }

  private Experiment cold(String id, String load) {
    Row row = new Row(load + ", first 10 s", Figure.COLD_P99_RATIO, Target.of(2));
    Probe probe = new ColdProbe(load);
    return new Experiment("goal-" + id, List.of(contenders.launched()), probe, List.of(row));
  }

  private Experiment idle() {
    int many = Math.min(MANY, most);
    return new Experiment(
        "goal-idle",
        List.of(thisServer(), contenders.named(Contenders.SOCKETCLUSTER)),
        new IdleProbe(Math.min(FEW, many / 2), many),
        List.of(
            new Row("memory of an idle socket", Figure.MEMORY_PER_SOCKET, Target.of(0.136)),
            new Row("CPU of pinging " + many, Figure.IDLE_CPU, Target.of(0.1))));
  }

  private Experiment middleware(String kind) {
    return new Experiment(
        "goal-middleware-" + kind,
        FANOUT + ", " + kind,
        List.of(
            contenders.thisServer(kind, "--middleware", kind),
            contenders.thisServer("no middleware")),
        LoadProbe.of(FANOUT),
        Target.of(1.3));
  }
}
