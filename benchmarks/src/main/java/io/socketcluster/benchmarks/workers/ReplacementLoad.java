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
 * client has the answer of its replacement, and how long the calls of the other worker take
 * meanwhile and otherwise.
 */
public final class ReplacementLoad {
  private static final Duration SETTLING = Duration.ofSeconds(1);
  private static final Duration USUAL = Duration.ofSeconds(5);
  private static final Duration MEANWHILE = Duration.ofSeconds(2);

  private final int port;
  private final WorkerProcesses processes;
  private final int clients;
  private final Set<Long> replacements = new HashSet<>();
  private final List<Long> usual = new ArrayList<>();
  private final List<Long> meanwhile = new ArrayList<>();
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
            "connections", "20",
            "warmup", "10");
    Arguments given = Arguments.parse(args, defaults);
    WorkerProcesses processes =
        new WorkerProcesses(Long.parseLong(given.text("pid")), given.number("children", 0, 300));
    int port = given.number("port", 1, 65_535);
    int clients = given.number("connections", 1, 1000);
    Calls warmUp = new Calls(port, clients);
    Thread.sleep(Duration.ofSeconds(given.number("warmup", 0, 1000)));
    warmUp.close();
    ReplacementLoad load = new ReplacementLoad(port, processes, clients);
    load.killOne();
    load.killOne();
    System.out.println(load.figures());
    System.exit(0); // the clients go on
  }

  private void killOne() throws InterruptedException {
    processes.awaitComplete();
    try (Calls calls = new Calls(port, clients)) { // those of before may all be at one worker
      Thread.sleep(SETTLING);
      long begin = System.nanoTime();
      Answers.connect(port, USUAL); // as many new clients as later
      Set<Long> workers = calls.workersSince(begin);
      if (workers.size() < 2) {
        throw new IllegalStateException("All clients are at one worker");
      }
      long victim =
          workers.stream().filter(pid -> !replacements.contains(pid)).findFirst().orElseThrow();
      long survivor = workers.stream().filter(pid -> pid != victim).findFirst().orElseThrow();
      long killed = System.nanoTime();
      // Clients of the victim come to the other worker, and their calls wait for the connection.
      Set<Integer> others = calls.clientsOf(survivor, begin);
      usual.addAll(calls.of(others, begin, killed));
      ProcessHandle.of(victim).orElseThrow().destroyForcibly();
      replacements.add(Answers.awaitNewWorker(port, workers));
      replaced.add(System.nanoTime() - killed);
      Answers.connect(port, MEANWHILE);
      meanwhile.addAll(calls.of(others, killed, killed + MEANWHILE.toNanos()));
    }
  }

  private String figures() {
    double before = Calls.p99(usual).orElse(0);
    double after = Calls.p99(meanwhile).orElse(0);
    return String.format(
        Locale.ROOT,
        "{\"replaced_ms\":%.0f,\"replaced_worst_ms\":%.0f,\"others_usual_us\":%.0f,"
            + "\"others_meanwhile_us\":%.0f,\"others_ratio\":%.3f}",
        replaced.stream().mapToLong(Long::longValue).average().orElse(0) / 1e6,
        replaced.stream().mapToLong(Long::longValue).max().orElse(0) / 1e6,
        before / 1e3,
        after / 1e3,
        after / before);
  }
}
