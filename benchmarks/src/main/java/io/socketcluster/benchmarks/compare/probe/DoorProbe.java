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
  /** Until then the compilers of a JVM rest, or the table shows what they had. */
  private static final int LONGEST_WARM_UP = 40;

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
      int warmUp = lab.effort().warmUpSeconds();
      add(command, "--warmup", warmUp);
      add(command, "--warmup-most", Math.max(LONGEST_WARM_UP, warmUp));
      add(command, "--seconds", lab.effort().seconds());
      return lab.clients(command, contender);
    }
  }

  private static void add(List<String> command, String name, long value) {
    command.add(name);
    command.add(Long.toString(value));
  }
}
