// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.history;

import io.socketcluster.benchmarks.load.ProcessTimes;
import io.socketcluster.benchmarks.load.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Many clients that have missed messages come back at once, while another client calls the server.
 *
 * @param port of the server
 * @param server the process of the server
 * @param count how many clients there are
 */
record Recovery(int port, ProcessTimes server, int count) {
  private static final int MISSED = 100;
  private static final int ROUNDS = 5;
  private static final int OPENING_AT_A_TIME = 50;

  /** Something that is done with each client. */
  @FunctionalInterface
  private interface Step {
    void take(KeptClient client) throws IOException;
  }

  /** Recovers some times; returns the figures of the last time as a line of JSON. */
  String run() throws Exception {
    try (ExecutorService few = Executors.newFixedThreadPool(OPENING_AT_A_TIME);
        ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      List<KeptClient> clients = open(few);
      String figures = "";
      for (int i = 0; i < ROUNDS; i++) {
        each(clients, KeptClient::unsubscribe, few);
        publishMissed();
        figures = recover(clients, all);
      }
      return figures;
    }
  }

  private List<KeptClient> open(ExecutorService few) throws Exception {
    List<KeptClient> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(
          new KeptClient(port, HistoryLoad.KEPT_CHANNEL, "\"recover\":true", new LongAdder()));
      if (clients.size() % OPENING_AT_A_TIME == 0 || clients.size() == count) {
        int from = (clients.size() - 1) / OPENING_AT_A_TIME * OPENING_AT_A_TIME;
        each(clients.subList(from, clients.size()), KeptClient::open, few);
      }
    }
    return clients;
  }

  private void publishMissed() throws IOException {
    for (int i = 0; i < MISSED; i++) {
      try (Wire publisher = new Wire(port)) {
        publisher.post("/publish", HistoryLoad.TEXT);
      }
    }
  }

  private String recover(List<KeptClient> clients, ExecutorService all) throws Exception {
    Bystander bystander = Bystander.at(port);
    Duration cpuBefore = server.all();
    long begin = System.nanoTime();
    each(clients, Recovery::missNothing, all);
    long time = System.nanoTime() - begin;
    Duration cpu = server.all().minus(cpuBefore);
    long longestWait = bystander.end();
    return String.format(
        Locale.ROOT,
        "{\"recovered_ms\":%.1f,\"recovery_cpu_ms\":%d,\"attacked_worst_us\":%d,\"lost\":0}",
        time / 1e6,
        cpu.toMillis(),
        longestWait);
  }

  private static void missNothing(KeptClient client) throws IOException {
    int received = client.subscribe();
    while (received < MISSED) {
      received += client.await();
    }
  }

  private static void each(List<KeptClient> clients, Step step, ExecutorService threads)
      throws Exception {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (KeptClient client : clients) {
      tasks.add(
          () -> {
            step.take(client);
            return null;
          });
    }
    for (Future<Void> done : threads.invokeAll(tasks)) {
      try {
        done.get();
      } catch (ExecutionException e) {
        HistoryLoad.fail(e); // figures of fewer clients would say nothing
      }
    }
  }
}
