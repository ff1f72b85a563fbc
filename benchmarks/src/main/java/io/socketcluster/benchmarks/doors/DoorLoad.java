// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.doors;

import io.socketcluster.benchmarks.Arguments;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients at a door, and a publisher. It prints a line of JSON: the CPU of the server for each
 * message that has reached a client, and the memory of a session.
 */
public final class DoorLoad {
  private static final int OPENING_AT_A_TIME = 50;
  private static final int TICK_MICROS = 10_000;
  private static final String TEXT = "x".repeat(64);

  private final Door door;
  private final int port;
  private final long pid;
  private final LongAdder messages = new LongAdder();

  private DoorLoad(Door door, int port, long pid) {
    this.door = door;
    this.port = port;
    this.pid = pid;
  }

  /**
   * Runs a load.
   *
   * @param args {@code --protocol}, the name of a {@link Door}; {@code --port} and {@code --pid} of
   *     the server; {@code --connections}; {@code --rate}, publishes a second; {@code --warmup} and
   *     {@code --seconds}
   */
  public static void main(String[] args) throws Exception {
    Map<String, String> defaults =
        Map.of(
            "protocol", "XHR_POLLING",
            "port", "8000",
            "pid", "0",
            "connections", "1000",
            "rate", "4",
            "warmup", "10",
            "seconds", "5");
    Arguments given = Arguments.parse(args, defaults);
    DoorLoad load =
        new DoorLoad(
            Door.valueOf(given.text("protocol")),
            Integer.parseInt(given.text("port")),
            Long.parseLong(given.text("pid")));
    load.run(
        given.number("connections", 1, 20_000),
        given.number("rate", 1, 1000),
        Duration.ofSeconds(given.number("warmup", 0, 1000)),
        Duration.ofSeconds(given.number("seconds", 1, 1000)));
    System.exit(0); // the clients go on
  }

  private void run(int connections, int rate, Duration warmUp, Duration time) throws Exception {
    long before = usedBytes();
    open(connections);
    publish(rate, warmUp);
    long cpu = cpuMicros();
    long count = messages.sum();
    publish(rate, time);
    double micros = (double) (cpuMicros() - cpu) / (messages.sum() - count);
    double expected = (double) connections * rate * time.toSeconds();
    long after = usedBytes();
    System.out.printf(
        Locale.ROOT,
        "{\"server_cpu_us_per_operation\":%.2f,\"kb_per_socket\":%.2f,\"delivered_percent\":%.1f}%n",
        micros,
        (after - before) / 1024.0 / connections,
        100 * (messages.sum() - count) / expected);
  }

  private long usedBytes() throws IOException {
    try (Wire asking = new Wire(port)) {
      return Long.parseLong(asking.get("/memory"));
    }
  }

  private void open(int connections) throws InterruptedException {
    CountDownLatch opened = new CountDownLatch(connections);
    Semaphore opening = new Semaphore(OPENING_AT_A_TIME);
    for (int i = 0; i < connections; i++) {
      opening.acquire();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  DoorClient client = door.client(port);
                  client.open();
                  opening.release();
                  opened.countDown();
                  follow(client);
                } catch (IOException e) {
                  System.err.println(door + ": " + e);
                  System.exit(1); // figures of fewer clients would say nothing
                }
              });
    }
    opened.await();
  }

  @SuppressWarnings("InfiniteLoopStatement") // until the program ends
  private void follow(DoorClient client) throws IOException {
    while (true) {
      messages.add(client.await());
    }
  }

  /** Each publish has a connection of its own, which no server closes meanwhile. */
  private void publish(int rate, Duration time) throws Exception {
    long begin = System.nanoTime();
    long interval = Duration.ofSeconds(1).toNanos() / rate;
    long count = time.toNanos() / interval;
    for (long i = 0; i < count; i++) {
      try (Wire publisher = new Wire(port)) {
        publisher.post("/publish", TEXT);
      }
      long wait = begin + (i + 1) * interval - System.nanoTime();
      if (wait > 0) {
        Thread.sleep(Duration.ofNanos(wait));
      }
    }
  }

  private long cpuMicros() throws IOException {
    return ProcessTimes.ofProcess(pid) * TICK_MICROS;
  }
}
