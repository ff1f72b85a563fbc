// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Clients of one process, or of a supervisor's workers.
 *
 * @param clients starts the clients; what they are to do follows
 * @param children how many processes each contender has
 */
public record WorkersProbe(List<String> clients, Map<String, Integer> children) implements Probe {
  public WorkersProbe {
    clients = List.copyOf(clients);
    children = Map.copyOf(children);
  }

  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    try (ServerProcess server = lab.start(contender)) {
      List<String> command = new ArrayList<>(clients);
      command.addAll(List.of("--port", Integer.toString(server.port())));
      command.addAll(List.of("--pid", Long.toString(server.pid())));
      command.addAll(
          List.of("--children", Integer.toString(children.getOrDefault(contender.id(), 0))));
      return lab.clients(command, contender);
    }
  }
}
