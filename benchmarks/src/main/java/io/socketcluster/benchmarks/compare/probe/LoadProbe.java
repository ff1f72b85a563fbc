// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Effort;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.ServerProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A load on a fresh server. What the load generator does in the warm-up is what it measures then.
 *
 * @param before other loads that the server has first: for what happens only at the start of this
 *     one, or too rarely to warm it up
 */
public record LoadProbe(List<String> load, List<LoadProbe> before) implements Probe {
  private static final int SHORT_WARM_UP_SECONDS = 1;

  /** What a server may open for itself meanwhile. */
  private static final int SPARE_DESCRIPTORS = 50;

  public LoadProbe {
    load = List.copyOf(load);
    before = List.copyOf(before);
  }

  /** A load by its words, as on the command line of the load generator. */
  public static LoadProbe of(String load) {
    return new LoadProbe(List.of(load.split(" ")), List.of());
  }

  /** Opening connections, for a server that has opened as many so often before. */
  public static LoadProbe opening(int connections, int openings) {
    return of(open(connections)).after(openings, connections);
  }

  /** The same on a server that has opened so many connections so often before. */
  public LoadProbe after(int times, int connections) {
    return new LoadProbe(load, Collections.nCopies(times, of(open(connections))));
  }

  /** The same on a server that has had another load before. */
  public LoadProbe after(String other) {
    return new LoadProbe(load, List.of(of(other)));
  }

  private static String open(int connections) {
    return "connect --connections " + connections;
  }

  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    try (ServerProcess server = lab.start(contender)) {
      int atRest = server.descriptors() + SPARE_DESCRIPTORS;
      for (LoadProbe each : before) {
        lab.load(server, each.arguments(lab.effort()));
        server.awaitDescriptors(atRest);
      }
      return lab.load(server, arguments(lab.effort()));
    }
  }

  List<String> arguments(Effort effort) {
    boolean opens = load.getFirst().equals("connect");
    boolean storms = load.getFirst().equals("storm");
    int warmUp = opens ? 0 : storms ? SHORT_WARM_UP_SECONDS : effort.warmUpSeconds();
    int seconds = opens ? 0 : effort.seconds();
    List<String> arguments = new ArrayList<>(load);
    arguments.addAll(List.of("--warmup", Integer.toString(warmUp)));
    arguments.addAll(List.of("--seconds", Integer.toString(seconds)));
    return arguments;
  }
}
