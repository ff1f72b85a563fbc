// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Effort;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.MeasurementException;
import io.socketcluster.benchmarks.compare.lab.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Clients that receive publishes: what a message costs them. The contender is the server, the same
 * for all clients.
 *
 * @param clients starts those that stand for a contender, by its name; the port, their number and
 *     the seconds before and during the measurement follow
 * @param rate publishes a second
 */
public record ReceivingProbe(Map<String, List<String>> clients, int sockets, int rate)
    implements Probe {
  private static final String READY = "ready";

  /** The publishes go on for so much longer than the clients measure. */
  private static final int SPARE_SECONDS = 3;

  public ReceivingProbe {
    clients = Map.copyOf(clients);
  }

  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    List<String> start = clients.get(contender.id());
    if (start == null) {
      throw new IllegalArgumentException("no clients stand for " + contender.id());
    }
    Effort effort = lab.effort();
    try (ServerProcess server = lab.start(contender)) {
      List<String> command = new ArrayList<>(start);
      for (int word : List.of(server.port(), sockets, effort.warmUpSeconds(), effort.seconds())) {
        command.add(Integer.toString(word));
      }
      Process process = lab.startClients(command);
      try (BufferedReader said = process.inputReader()) {
        if (!READY.equals(said.readLine())) {
          throw new MeasurementException("the clients did not subscribe; see " + lab.log());
        }
        lab.load(server, publishes(effort));
        return lab.figures(said.readLine(), contender);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        lab.end(process);
      }
    }
  }

  private List<String> publishes(Effort effort) {
    String words = "fanout --connections 1 --warmup 0 --rate " + rate + " --seconds ";
    return List.of(
        (words + (effort.warmUpSeconds() + effort.seconds() + SPARE_SECONDS)).split(" "));
  }
}
