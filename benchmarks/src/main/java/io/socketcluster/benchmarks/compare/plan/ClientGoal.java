// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.ReceivingSockets;
import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.lab.Tools;
import io.socketcluster.benchmarks.compare.probe.ReceivingProbe;
import java.util.List;
import java.util.Map;

/** The cost of a received message for the Java client, against the stock client in Node. */
record ClientGoal(Contenders contenders, Tools tools) {
  private static final int SOCKETS = 1_000;
  private static final int RATE = 10;
  private static final String JAVA = "Java client";
  private static final String NODE = "client in Node";

  Experiment experiment() {
    Map<String, List<String>> clients =
        Map.of(
            JAVA,
            List.of(
                tools.java().toString(),
                "-XX:+UseSerialGC",
                "-cp",
                contenders.jar().toString(),
                ReceivingSockets.class.getName()),
            NODE,
            List.of("node", tools.peers().resolve("receiving-sockets.js").toString()));
    return new Experiment(
        "goal-client",
        List.of(contenders.thisServer(JAVA), contenders.thisServer(NODE)),
        new ReceivingProbe(clients, SOCKETS, RATE),
        List.of(new Row(SOCKETS + " sockets receive", Figure.CLIENT_CPU, Target.of(0.15))));
  }
}
