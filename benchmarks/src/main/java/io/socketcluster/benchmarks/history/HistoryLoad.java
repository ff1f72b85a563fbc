// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.history;

import io.socketcluster.benchmarks.Arguments;
import io.socketcluster.benchmarks.load.LoadClients;
import io.socketcluster.benchmarks.load.ProcessTimes;
import io.socketcluster.benchmarks.load.Publisher;
import io.socketcluster.benchmarks.load.WarmUp;
import io.socketcluster.benchmarks.load.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;

/** Measures the cost of a history at a {@link HistoryServer}, and prints a line of JSON. */
public final class HistoryLoad {
  static final String KEPT_CHANNEL = "kept/room";
  static final String BOOK_CHANNEL = "book/one";
  static final String TEXT = "x".repeat(64);

  private static final int PUBLISHERS = 4;

  /** The messages of all clients, as they are read. */
  private static final LongAdder BYTES = new LongAdder();

  /** The data of a message: the text in quotes. */
  private static final int DATA = TEXT.length() + 2;

  /** The quantity that is measured. */
  public enum Kind {
    /** The fan-out of a channel without a policy. */
    WITHOUT("plain", ""),
    /** The fan-out of a channel with a history. */
    KEPT(KEPT_CHANNEL, ""),
    /** The same, to subscribers with a position. */
    POSITIONS(KEPT_CHANNEL, "\"recover\":true"),
    /** The fan-out of an order book, to subscribers that do not ask for differences. */
    WHOLE(BOOK_CHANNEL, ""),
    /** The same, to subscribers that do. */
    DELTAS(BOOK_CHANNEL, "\"delta\":\"json-patch\""),
    /** A recovery of many. */
    RECOVERY(KEPT_CHANNEL, "\"recover\":true"),
    /** The memory of messages. */
    MEMORY(KEPT_CHANNEL, "");

    private final String channel;
    private final String asked;

    Kind(String channel, String asked) {
      this.channel = channel;
      this.asked = asked;
    }

    /** Returns the channel to which the server publishes. */
    public String channel() {
      return channel;
    }
  }

  private HistoryLoad() {}

  /**
   * Runs a load.
   *
   * @param args {@code --protocol}, the name of a {@link Kind}; {@code --port} and {@code --pid} of
   *     the server; {@code --connections}; {@code --warmup} and {@code --warmup-most}, the bounds
   *     of the warm-up; {@code --seconds}; {@code --rate} is ignored
   */
  public static void main(String[] args) throws Exception {
    Map<String, String> defaults =
        Map.of(
            "protocol", "WITHOUT",
            "port", "8000",
            "pid", "0",
            "connections", "1000",
            "rate", "1",
            "warmup", "10",
            "warmup-most", "45",
            "seconds", "5");
    Arguments given = Arguments.parse(args, defaults);
    Kind kind = Kind.valueOf(given.text("protocol"));
    int port = Integer.parseInt(given.text("port"));
    int connections = given.number("connections", 1, 20_000);
    ProcessTimes server = new ProcessTimes(List.of(Long.parseLong(given.text("pid"))));
    String figures =
        switch (kind) {
          case WITHOUT, KEPT, POSITIONS, WHOLE, DELTAS -> {
            WarmUp warmUp =
                new WarmUp(
                    server,
                    Duration.ofSeconds(given.number("warmup", 0, 1000)),
                    Duration.ofSeconds(given.number("warmup-most", 0, 1000)));
            Duration time = Duration.ofSeconds(given.number("seconds", 1, 1000));
            LoadClients clients =
                new LoadClients(
                    its -> new KeptClient(its, kind.channel, kind.asked, BYTES), port, connections);
            yield fanOut(clients, new Publisher(port), warmUp, time);
          }
          case RECOVERY -> new Recovery(port, server, connections).run();
          case MEMORY -> overhead(port);
        };
    System.out.println(figures);
    System.exit(0); // the clients go on
  }

  private static String fanOut(
      LoadClients clients, Publisher publisher, WarmUp warmUp, Duration time) throws Exception {
    clients.open();
    Duration warmedUp = warmUp.run(its -> deliver(publisher, its, clients));
    ProcessTimes server = warmUp.server();
    Duration cpuBefore = server.all();
    Duration compilersBefore = server.compilers();
    long before = clients.messages();
    long bytesBefore = BYTES.sum();
    deliver(publisher, time, clients);
    Duration cpu = server.all().minus(cpuBefore);
    double messages = clients.messages() - before;
    return String.format(
        Locale.ROOT,
        "{\"server_cpu_us_per_operation\":%.3f,\"message_bytes\":%.1f,"
            + "\"compiler_percent\":%.1f,\"warm_up_s\":%.1f}",
        cpu.toNanos() / 1000.0 / messages,
        (BYTES.sum() - bytesBefore) / messages,
        100.0 * server.compilers().minus(compilersBefore).toNanos() / cpu.toNanos(),
        warmedUp.toMillis() / 1000.0);
  }

  private static void deliver(Publisher publisher, Duration time, LoadClients clients)
      throws IOException, InterruptedException {
    try {
      publisher.unpaced(time, PUBLISHERS, clients.count(), clients::messages);
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  /** The bytes of a message that are not its data. */
  private static String overhead(int port) throws IOException {
    long before = usedBytes(port);
    try (Wire filling = new Wire(port)) {
      filling.post("/fill", TEXT);
    }
    double each = (usedBytes(port) - before) / (double) HistoryServer.FILLED;
    return String.format(Locale.ROOT, "{\"overhead_bytes\":%.1f}", each - DATA);
  }

  private static long usedBytes(int port) throws IOException {
    try (Wire asking = new Wire(port)) {
      return Long.parseLong(asking.get("/memory"));
    }
  }

  static void fail(Throwable failure) {
    System.err.println("A client has failed: " + failure);
    System.exit(1);
  }
}
