// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.workers;

import io.socketcluster.benchmarks.load.ProcessTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server, or a supervisor with its workers, its broker and its spare worker.
 *
 * @param pid the process that was started
 * @param children how many processes it has when it is complete
 */
record WorkerProcesses(long pid, int children) {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration REST = Duration.ofSeconds(2);
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final String TRAINING = "training";
  private static final String PROPORTIONAL = "Pss:";

  /** Waits until no process has started or ended for a while, and all are there. */
  void awaitComplete() throws InterruptedException {
    long begin = System.nanoTime();
    long since = begin;
    List<Long> before = List.of();
    while (before.size() != children + 1 || System.nanoTime() - since < REST.toNanos()) {
      if (System.nanoTime() - begin > LIMIT.toNanos()) {
        throw new IllegalStateException("There are " + before.size() + " processes");
      }
      Thread.sleep(INTERVAL);
      List<Long> now = isTraining() ? List.of() : pids();
      if (!now.equals(before)) {
        before = now;
        since = System.nanoTime();
      }
    }
  }

  /** Returns whether all are there, the spare worker included. */
  boolean isComplete() {
    return pids().size() == children + 1;
  }

  /** Whether the JVM that makes the archive of classes runs, which ends by itself. */
  private boolean isTraining() {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .flatMap(child -> child.info().arguments().stream())
        .anyMatch(arguments -> List.of(arguments).contains(TRAINING));
  }

  private List<Long> pids() {
    List<Long> pids = new ArrayList<>(List.of(pid));
    ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .map(ProcessHandle::pid)
        .sorted()
        .forEach(pids::add);
    return pids;
  }

  ProcessTimes times() {
    return new ProcessTimes(pids());
  }

  /** Returns the memory of all in KiB. What they share counts once. */
  long memory() throws IOException {
    long sum = 0;
    for (long each : pids()) {
      sum +=
          Files.readAllLines(Path.of("/proc/" + each + "/smaps_rollup")).stream()
              .filter(line -> line.startsWith(PROPORTIONAL))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum();
    }
    return sum;
  }
}
