// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.probe.DoorProbe;
import io.socketcluster.benchmarks.doors.Door;
import io.socketcluster.benchmarks.doors.DoorLoad;
import java.util.List;
import java.util.stream.Stream;

/** Old clients: what a message and a session cost over each transport. */
final class DoorSection {
  private static final int CONNECTIONS = 1_000;

  /** Few enough that each message is an answer to a poll of its own, and that each server lives. */
  private static final int RATE = 15;

  private static final String BASELINE = Door.SOCKETIO_4_POLLING.id();

  private final Contenders contenders;

  DoorSection(Contenders contenders) {
    this.contenders = contenders;
  }

  Section section() {
    List<Contender> doors =
        Stream.of(Door.values()).map(door -> contenders.door(door.id(), door)).toList();
    String label = CONNECTIONS + " clients, " + RATE + " publishes a second";
    Experiment experiment =
        new Experiment(
            "doors",
            doors,
            new DoorProbe(contenders.load(DoorLoad.class), CONNECTIONS, RATE),
            List.of(new Row(label, Figure.CPU, Target.none())));
    return new Section(
        Sections.DOORS,
        "The doors of old clients: CPU of a message, memory of a session",
        BASELINE,
        List.of(Figure.CPU, Figure.COMPILERS, Figure.MEMORY_PER_SOCKET),
        List.of(experiment));
  }
}
