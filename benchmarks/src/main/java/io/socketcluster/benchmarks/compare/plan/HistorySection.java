// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.probe.DoorProbe;
import io.socketcluster.benchmarks.history.HistoryLoad;
import io.socketcluster.benchmarks.history.HistoryLoad.Kind;
import io.socketcluster.benchmarks.history.HistoryServer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The history of a channel: its fan-out, a recovery of many clients, its memory. */
public final class HistorySection {
  public static final String FAN_OUT = "history-fanout";
  public static final String DELTAS = "history-deltas";

  private static final int SUBSCRIBERS = 1_000;
  private static final int RECOVERING = 10_000;

  /** The limits of the figures: three seconds of a core, and bytes. */
  private static final Map<Figure, Double> LIMITS =
      Map.of(Figure.RECOVERY_CPU, 3_000.0, Figure.KEPT_OVERHEAD, 100.0);

  private final Contenders contenders;
  private final int most;

  HistorySection(Contenders contenders, int most) {
    this.contenders = contenders;
    this.most = most;
  }

  Section section() {
    int recovering = Math.min(RECOVERING, most);
    List<Figure> figures =
        List.of(
            Figure.CPU,
            Figure.COMPILERS,
            Figure.MESSAGE_BYTES,
            Figure.RECOVERY_CPU,
            Figure.RECOVERED_IN,
            Figure.ATTACKED_WORST,
            Figure.KEPT_OVERHEAD);
    return new Section(
        Sections.HISTORY,
        "The history of a channel, in memory",
        nameOf(Kind.WITHOUT),
        figures,
        LIMITS,
        List.of(
            experiment(
                FAN_OUT,
                "fan-out to " + SUBSCRIBERS,
                SUBSCRIBERS,
                Kind.WITHOUT,
                Kind.KEPT,
                Kind.POSITIONS),
            experiment(
                DELTAS,
                "fan-out of an order book to " + SUBSCRIBERS,
                SUBSCRIBERS,
                Kind.WHOLE,
                Kind.DELTAS),
            experiment(
                "history-recovery",
                recovering + " clients recover 100 messages each",
                recovering,
                Kind.RECOVERY),
            experiment("history-memory", "a message of 64 characters", 1, Kind.MEMORY)));
  }

  private Experiment experiment(String id, String label, int connections, Kind... kinds) {
    return new Experiment(
        id,
        Stream.of(kinds).map(this::server).toList(),
        new DoorProbe(contenders.load(HistoryLoad.class), connections, 1),
        List.of(new Row(label, Figure.CPU, Target.none())));
  }

  private Contender server(Kind kind) {
    Contender server =
        contenders.javaProgram(
            nameOf(kind),
            HistoryServer.class.getName(),
            "--port",
            Contender.PORT,
            "--channel",
            kind.channel());
    return new Contender(server.id(), kind.name(), server.command());
  }

  /** Returns the name of a kind in results, such as {@code positions}. */
  public static String nameOf(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
