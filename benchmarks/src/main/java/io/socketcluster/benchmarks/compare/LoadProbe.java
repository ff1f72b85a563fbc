// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A load on a fresh server. What the load generator does in the warm-up is what it measures then.
 *
 * @param warmUps how often the load runs from beginning to end before it counts: for what happens
 *     only at the start of it
 */
record LoadProbe(List<String> load, int warmUps) implements Probe {
  LoadProbe {
    load = List.copyOf(load);
  }

  /** A load by its words, as on the command line of the load generator. */
  static LoadProbe of(String load) {
    return new LoadProbe(List.of(load.split(" ")), 0);
  }

  /** Opening connections, for a server that has opened as many {@code warmUps} times before. */
  static LoadProbe opening(int connections, int warmUps) {
    List<String> load = List.of("connect", "--connections", Integer.toString(connections));
    return new LoadProbe(load, warmUps);
  }

  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    try (ServerProcess server = lab.start(contender)) {
      List<String> arguments = arguments(lab.effort());
      for (int i = 0; i < warmUps; i++) {
        lab.load(server, arguments);
      }
      return lab.load(server, arguments);
    }
  }

  private List<String> arguments(Effort effort) {
    boolean holds = load.getFirst().equals("connect");
    int warmUp = holds ? 0 : effort.warmUpSeconds();
    int seconds = holds ? 0 : effort.seconds();
    List<String> arguments = new ArrayList<>(load);
    arguments.addAll(List.of("--warmup", Integer.toString(warmUp)));
    arguments.addAll(List.of("--seconds", Integer.toString(seconds)));
    return arguments;
  }
}
