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
  private static final String TEXT = "x".repeat(64);

  private final Door door;
  private final int port;
  private final ProcessTimes server;
  private final LongAdder messages = new LongAdder();

  private DoorLoad(Door door, int port, long pid) {
    this.door = door;
    this.port = port;
    this.server = new ProcessTimes(pid);
  }

  /**
   * Runs a load.
   *
   * @param args {@code --protocol}, the name of a {@link Door}; {@code --port} and {@code --pid} of
   *     the server; {@code --connections}; {@code --rate}, publishes a second; {@code --warmup} and
   *     {@code --warmup-most}, the bounds of the warm-up; {@code --seconds}
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
            "warmup-most", "45",
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
        new WarmUp(
            load.server,
            Duration.ofSeconds(given.number("warmup", 0, 1000)),
            Duration.ofSeconds(given.number("warmup-most", 0, 1000))),
        Duration.ofSeconds(given.number("seconds", 1, 1000)));
    System.exit(0); // the clients go on
  }

  private void run(int connections, int rate, WarmUp warmUp, Duration time) throws Exception {
    long unused = usedBytes();
    open(connections);
    Duration warmedUp = warmUp.run(its -> publish(rate, its));
    Spent before = spent();
    publish(rate, time);
    Spent spent = spent().minus(before);
    System.out.printf(
        Locale.ROOT,
        "{\"server_cpu_us_per_operation\":%.2f,\"compiler_percent\":%.1f,"
            + "\"kb_per_socket\":%.2f,\"delivered_percent\":%.1f,\"warm_up_s\":%.1f}%n",
        spent.cpu.toNanos() / 1000.0 / spent.messages,
        100.0 * spent.compilers.toNanos() / spent.cpu.toNanos(),
        (usedBytes() - unused) / 1024.0 / connections,
        100.0 * spent.messages / ((double) connections * rate * time.toSeconds()),
        warmedUp.toMillis() / 1000.0);
  }

  private Spent spent() throws IOException {
    return new Spent(server.all(), server.compilers(), messages.sum());
  }

  /** The CPU of the server, its compilers' part, and the messages that have reached a client. */
  private record Spent(Duration cpu, Duration compilers, long messages) {
    Spent minus(Spent other) {
      return new Spent(
          cpu.minus(other.cpu), compilers.minus(other.compilers), messages - other.messages);
    }
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

  private void publish(int rate, Duration time) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long interval = Duration.ofSeconds(1).toNanos() / rate;
    long count = time.toNanos() / interval;
    for (long i = 0; i < count; i++) {
      publish();
      long wait = begin + (i + 1) * interval - System.nanoTime();
      if (wait > 0) {
        Thread.sleep(Duration.ofNanos(wait));
      }
    }
  }

  /** Each publish has a connection of its own, which no server closes meanwhile. */
  private void publish() throws IOException {
    try (Wire publisher = new Wire(port)) {
      publisher.post("/publish", TEXT);
    }
  }
}
