// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.lab.ClusterSetup;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.ServerProcess;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Clients at each server of a cluster, and a publisher at the first.
 *
 * @param setups the clusters, whose names the contenders have
 * @param clients starts the clients; what they are to do follows
 * @param connections how many clients each server has
 * @param rate publishes a second
 */
public record ClusterProbe(
    List<ClusterSetup> setups, List<String> clients, int connections, int rate) implements Probe {
  /** The same for all: the compilers of JVMs rest then, or the table shows what they had. */
  private static final int WARM_UP_AT_RATE = 25;

  public ClusterProbe {
    setups = List.copyOf(setups);
    clients = List.copyOf(clients);
  }

  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    ClusterSetup setup =
        setups.stream().filter(each -> each.id().equals(contender.id())).findFirst().orElseThrow();
    Deque<ServerProcess> started = new ArrayDeque<>();
    try {
      setup.brokers().forEach(broker -> start(broker, started, lab));
      List<ServerProcess> brokers = List.copyOf(started);
      for (int i = 0; i < setup.servers(); i++) {
        start(setup.server(), started, lab);
      }
      List<ServerProcess> servers = new ArrayList<>(started);
      servers.removeAll(brokers);
      return lab.clients(command(setup, brokers, servers, lab), contender);
    } finally {
      started.descendingIterator().forEachRemaining(ServerProcess::close);
    }
  }

  private static void start(Contender program, Deque<ServerProcess> started, Lab lab) {
    int join = started.isEmpty() ? 0 : started.getFirst().port();
    started.add(lab.start(program.replacing(ClusterSetup.JOIN, join)));
  }

  private List<String> command(
      ClusterSetup setup, List<ServerProcess> brokers, List<ServerProcess> servers, Lab lab) {
    List<String> command = new ArrayList<>(clients);
    int warmUp = lab.effort().warmUpSeconds();
    command.addAll(List.of("--protocol", setup.protocol()));
    command.addAll(List.of("--ports", list(servers, ServerProcess::port)));
    command.addAll(List.of("--pids", list(servers, ServerProcess::pid)));
    command.addAll(
        List.of("--brokers", brokers.isEmpty() ? "none" : list(brokers, ServerProcess::pid)));
    command.addAll(List.of("--connections", Integer.toString(connections)));
    command.addAll(List.of("--rate", Integer.toString(rate)));
    command.addAll(List.of("--warmup", Integer.toString(warmUp)));
    command.addAll(List.of("--warmup-at-rate", Integer.toString(WARM_UP_AT_RATE)));
    command.addAll(List.of("--seconds", Integer.toString(lab.effort().seconds())));
    return command;
  }

  private static String list(List<ServerProcess> servers, ToLongFunction<ServerProcess> number) {
    return servers.stream()
        .map(each -> Long.toString(number.applyAsLong(each)))
        .collect(Collectors.joining(","));
  }
}
