// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.MeasurementException;
import io.socketcluster.benchmarks.compare.lab.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Clients whose server is killed and started again at the same port.
 *
 * @param clients starts them; the port and their number follow. They say {@code ready} when they
 *     are connected and subscribed, and their figures when they are so again.
 */
public record RestartProbe(List<String> clients, int sockets) implements Probe {
  private static final String READY = "ready";

  public RestartProbe {
    clients = List.copyOf(clients);
  }

  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    try (ServerProcess first = lab.start(contender)) {
      List<String> command = new ArrayList<>(clients);
      command.addAll(List.of(Integer.toString(first.port()), Integer.toString(sockets)));
      Process process = lab.startClients(command);
      try (BufferedReader said = process.inputReader()) {
        return restart(first, said, lab);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        lab.end(process);
      }
    }
  }

  private static Map<String, Double> restart(ServerProcess first, BufferedReader said, Lab lab)
      throws IOException {
    if (!READY.equals(said.readLine())) {
      throw new MeasurementException("the clients did not connect; see " + lab.log());
    }
    first.kill();
    try (ServerProcess second = lab.startAgain(first)) {
      Map<String, Double> figures = new HashMap<>(lab.figures(said.readLine(), first.contender()));
      figures.put(Figure.SERVER_CPU.key(), (double) second.cpu().toMillis());
      return figures;
    }
  }
}
