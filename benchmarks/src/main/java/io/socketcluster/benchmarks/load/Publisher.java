// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Has a server publish a text of 64 bytes to all clients. Each publish has a connection of its own,
 * which no server closes meanwhile.
 */
public record Publisher(int port) {
  private static final String TEXT = "x".repeat(64);
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(30);
  private static final Duration JOIN_INTERVAL = Duration.ofSeconds(1);
  private static final Duration LOSS_LIMIT = Duration.ofSeconds(2);

  private void publish() throws IOException {
    try (Wire publisher = new Wire(port)) {
      publisher.post("/publish", TEXT);
    }
  }

  /** Publishes until all clients receive: until then, servers may not have joined. */
  public void untilReceived(long clients, LongSupplier delivered)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long before;
    do {
      if (System.nanoTime() - begin > JOIN_LIMIT.toNanos()) {
        throw new IllegalStateException("The servers do not join");
      }
      before = delivered.getAsLong();
      publish();
      Thread.sleep(JOIN_INTERVAL);
    } while (delivered.getAsLong() < before + clients);
  }

  /**
   * Publishes at a rate. A publish that is late by more than an interval is left out, so that this
   * takes no longer with a slow server.
   *
   * @param rate publishes a second
   */
  public void paced(int rate, Duration time) throws IOException, InterruptedException {
    long interval = Duration.ofSeconds(1).toNanos() / rate;
    long due = System.nanoTime();
    long end = due + time.toNanos();
    while (due - end < 0) {
      publish();
      due = Math.max(due + interval, System.nanoTime() - interval);
      Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
    }
  }

  /**
   * Publishes as fast as the clients receive: several publishers, each with one publish at a time
   * on its way to the server.
   *
   * @param publishers how many there are, and how many publishes may not have reached all clients
   * @param clients how many clients receive each publish
   * @param delivered returns how many messages have reached a client
   */
  public void unpaced(Duration time, int publishers, long clients, LongSupplier delivered)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + time.toNanos();
    long before = delivered.getAsLong();
    AtomicLong published = new AtomicLong();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < publishers; i++) {
        running.add(
            threads.submit(
                () -> {
                  while (System.nanoTime() < end) {
                    publish();
                    long all = published.incrementAndGet();
                    await(before + (all - publishers + 1) * clients, delivered);
                  }
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    await(before + published.get() * clients, delivered);
  }

  private static void await(long wanted, LongSupplier delivered) throws InterruptedException {
    long begin = System.nanoTime();
    while (delivered.getAsLong() < wanted) {
      if (System.nanoTime() - begin > LOSS_LIMIT.toNanos()) {
        throw new IllegalStateException("Messages are missing");
      }
      Thread.sleep(1);
    }
  }
}
