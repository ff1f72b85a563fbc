// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.faults;

import static org.awaitility.Awaitility.await;

import io.socketcluster.conformance.faults.TrafficLedger.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The clients of a cluster, spread over its servers, and what they do. */
final class Traffic implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final TrafficLedger ledger = new TrafficLedger();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<JavaClient> javaClients = new ArrayList<>();
  private final StockClients stockClients;
  private final Duration interval;

  /** Connects the clients, and waits until they have subscribed. */
  Traffic(Plan plan, List<Integer> ports) {
    interval = plan.interval();
    for (int i = 0; i < plan.javaClients(); i++) {
      javaClients.add(new JavaClient(i, ports.get(i % ports.size()), ledger));
    }
    stockClients = new StockClients(plan.javaClients(), plan.stockClients(), ports, plan, ledger);
    await().atMost(PATIENCE).until(() -> javaClients.stream().allMatch(JavaClient::hasSubscribed));
  }

  void begin() {
    stockClients.begin();
    clock.scheduleAtFixedRate(
        () -> javaClients.forEach(JavaClient::publish),
        0,
        interval.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Returns how many gaps a client was told about, at their beginning and at their end. */
  int gapsOf(int client) {
    return ledger.gapsToldTo(javaClients.get(client).name());
  }

  /** Returns how many publishes have failed so far. */
  long failures() {
    stockClients.note();
    return ledger.failures();
  }

  /** Returns how many messages were delivered so far. */
  Verdict verdict() {
    stockClients.note();
    return ledger.verdict();
  }

  /** Ends the publishes; returns what there is to say when all is clean, or when it stays bad. */
  Verdict end() throws InterruptedException {
    clock.shutdown();
    boolean ended = clock.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    stockClients.end();
    await()
        .atMost(PATIENCE)
        .until(() -> ended && javaClients.stream().noneMatch(JavaClient::waits));
    Verdict verdict = verdict();
    for (long end = System.nanoTime() + PATIENCE.toNanos() / 4;
        !verdict.lost().isEmpty() && System.nanoTime() < end; ) {
      TimeUnit.MILLISECONDS.sleep(200); // what is still on its way is not lost
      verdict = verdict();
    }
    return verdict;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    javaClients.forEach(JavaClient::close);
    stockClients.close();
  }
}
