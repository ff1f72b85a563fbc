// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.attack.Attack;
import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.probe.AttackProbe;
import io.socketcluster.benchmarks.compare.probe.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Attacks: the delay of well-behaved clients beside attackers. */
public final class AttackSection {
  private static final int SILENT = 3_000;
  private static final int SILENT_RATE = 1_300;

  /** Beside an attack the p99 of the others may be this many times higher. */
  private static final double P99_LIMIT = 3;

  /** And nobody may wait longer. */
  private static final double WORST_LIMIT_US = 500_000;

  /** Those of bin/bench-server, with the heap of a small container. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx256m",
          "-Xmn24m",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:+UnlockExperimentalVMOptions",
          "-XX:+UseCompactObjectHeaders",
          "-Dio.netty.leakDetection.level=disabled");

  private final List<Contender> servers;
  private final int most;

  /**
   * Describes it.
   *
   * @param most how many connections this machine's descriptors allow
   */
  public AttackSection(Contenders contenders, int most) {
    this.servers =
        List.of(
            contenders.thisServerOn(
                "this", JVM_OPTIONS, "--per-message-deflate", "yes", "--tree", "yes"));
    this.most = most;
  }

  public Section section() {
    List<Experiment> experiments = new ArrayList<>();
    for (Attack attack : Attack.values()) {
      String name = attack.name().toLowerCase(Locale.ROOT).replace('_', '-');
      experiments.add(experiment(name, attack.title(), AttackProbe.of(attack)));
    }
    int silent = Math.min(SILENT, most / 2);
    experiments.add(
        experiment(
            "silent-upgrades",
            silent + " upgrade at once and say nothing",
            AttackProbe.silent("--silent " + silent)));
    experiments.add(
        experiment(
            "silent-upgrades-steady",
            SILENT_RATE + " a second upgrade and say nothing",
            AttackProbe.silent("--silent " + silent + " --silent-rate " + SILENT_RATE)));
    return new Section(
        "attacks",
        "Attacks: what 100 sockets that call 500 times a second together notice, and newcomers",
        Contenders.THIS,
        List.of(
            Figure.WITHOUT_P99,
            Figure.ATTACKED_P99,
            Figure.P99_RATIO,
            Figure.ATTACKED_WORST,
            Figure.WITHOUT_NEWCOMER_P99,
            Figure.NEWCOMER_P99,
            Figure.NEWCOMER_WORST,
            Figure.UNANSWERED,
            Figure.LOST,
            Figure.ATTACKS,
            Figure.RESIDENT_PEAK),
        Map.of(
            Figure.P99_RATIO,
            P99_LIMIT,
            Figure.ATTACKED_WORST,
            WORST_LIMIT_US,
            Figure.NEWCOMER_WORST,
            WORST_LIMIT_US,
            Figure.UNANSWERED,
            0.0,
            Figure.LOST,
            0.0),
        experiments);
  }

  private Experiment experiment(String id, String label, Probe probe) {
    return new Experiment("attack-" + id, label, servers, probe, Target.none());
  }
}
