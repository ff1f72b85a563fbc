// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.workers;

import io.socketcluster.benchmarks.Arguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Kills each of two workers once while clients call: the second death of a worker within a minute
 * is followed by a pause. It prints a line of JSON: the time from a worker's death until a new
 * client has the answer of its replacement, and how long the calls of the other worker's clients
 * take in the two seconds after that, in the two seconds in which the next spare worker starts, and
 * otherwise. New clients connect all the time.
 */
public final class ReplacementLoad {
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int USUAL_WINDOWS = 4; // the first one is not counted

  private final int port;
  private final WorkerProcesses processes;
  private final int clients; // of a worker
  private final Set<Long> replacements = new HashSet<>();
  private final List<Long> usual = new ArrayList<>();
  private final List<Long> meanwhile = new ArrayList<>();
  private final List<Long> duringSpare = new ArrayList<>();
  private final List<Long> replaced = new ArrayList<>();

  private ReplacementLoad(int port, WorkerProcesses processes, int clients) {
    this.port = port;
    this.processes = processes;
    this.clients = clients;
  }

  /**
   * Runs the load.
   *
   * @param args {@code --port}; {@code --pid} of the supervisor, and {@code --children}, how many
   *     processes it has; {@code --connections}; {@code --warmup}, in seconds
   */
  public static void main(String[] args) throws Exception {
    Map<String, String> defaults =
        Map.of(
            "port", "8000",
            "pid", "0",
            "children", "4",
            "connections", "40",
            "warmup", "10");
    Arguments given = Arguments.parse(args, defaults);
    WorkerProcesses processes =
        new WorkerProcesses(Long.parseLong(given.text("pid")), given.number("children", 0, 300));
    int port = given.number("port", 1, 65_535);
    int clients = given.number("connections", 2, 1000) / 2;
    ReplacementLoad load = new ReplacementLoad(port, processes, clients);
    load.warmUp(Duration.ofSeconds(given.number("warmup", 0, 1000)));
    load.killOne();
    load.killOne();
    System.out.println(load.figures());
    System.exit(0); // the clients go on
  }

  private void warmUp(Duration time) throws InterruptedException {
    try (SeatedClients seated = SeatedClients.connect(port, clients)) {
      List<Calls> calls = seated.workers().stream().map(it -> new Calls(seated.at(it))).toList();
      Answers.connect(port, time);
      calls.forEach(Calls::close);
    }
  }

  private void killOne() throws InterruptedException {
    processes.awaitComplete();
    try (SeatedClients seated = SeatedClients.connect(port, clients)) {
      Set<Long> workers = seated.workers();
      long victim =
          workers.stream().filter(pid -> !replacements.contains(pid)).findFirst().orElseThrow();
      long survivor = workers.stream().filter(pid -> pid != victim).findFirst().orElseThrow();
      try (Calls calls = new Calls(seated.at(survivor))) {
        for (int window = 0; window < USUAL_WINDOWS; window++) {
          long begin = System.nanoTime();
          Answers.connect(port, WINDOW); // as many new clients as later
          if (window > 0) {
            usual.add(calls.p99(begin, WINDOW));
          }
        }
        kill(victim, workers, calls);
      }
    }
  }

  private void kill(long victim, Set<Long> workers, Calls calls) throws InterruptedException {
    long begin = System.nanoTime();
    ProcessHandle.of(victim).orElseThrow().destroyForcibly();
    replacements.add(Answers.awaitNewWorker(port, workers));
    Duration taken = Duration.ofNanos(System.nanoTime() - begin);
    replaced.add(taken.toNanos());
    Duration window = taken.compareTo(WINDOW) > 0 ? taken : WINDOW;
    Answers.connect(port, window.minus(taken));
    meanwhile.add(calls.p99(begin, window));
    while (!processes.isComplete()) {
      Answers.connect(port, POLL);
    }
    long spareStarts = System.nanoTime();
    Answers.connect(port, WINDOW);
    duringSpare.add(calls.p99(spareStarts, WINDOW));
  }

  private String figures() {
    double before = median(usual);
    double after = median(meanwhile);
    return String.format(
        Locale.ROOT,
        "{\"replaced_ms\":%.0f,\"replaced_worst_ms\":%.0f,\"others_usual_us\":%.0f,"
            + "\"others_meanwhile_us\":%.0f,\"others_ratio\":%.3f,\"others_spare_us\":%.0f}",
        median(replaced) / 1e6,
        replaced.stream().mapToLong(Long::longValue).max().orElse(0) / 1e6,
        before / 1e3,
        after / 1e3,
        after / before,
        median(duringSpare) / 1e3);
  }

  private static double median(List<Long> values) {
    long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
  }
}
