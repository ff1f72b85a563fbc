// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Clients at a door, and a publisher that publishes some times a second.
 *
 * @param clients starts them; what they are to do follows
 */
public record DoorProbe(List<String> clients, int connections, int rate) implements Probe {
  /** The same for every server: after it, the compilers of a JVM hardly work any more. */
  public static final int LEAST_WARM_UP = 40;

  public DoorProbe {
    clients = List.copyOf(clients);
  }

  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    try (ServerProcess server = lab.start(contender)) {
      List<String> command = new ArrayList<>(clients);
      command.addAll(List.of("--protocol", contender.protocol()));
      add(command, "--port", server.port());
      add(command, "--pid", server.pid());
      add(command, "--connections", connections);
      add(command, "--rate", rate);
      add(command, "--warmup", Math.max(LEAST_WARM_UP, lab.effort().warmUpSeconds()));
      add(command, "--seconds", lab.effort().seconds());
      return lab.clients(command, contender);
    }
  }

  private static void add(List<String> command, String name, long value) {
    command.add(name);
    command.add(Long.toString(value));
  }
}
