// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.doors;

import io.socketcluster.benchmarks.Arguments;
import io.socketcluster.benchmarks.load.LoadClients;
import io.socketcluster.benchmarks.load.ProcessTimes;
import io.socketcluster.benchmarks.load.Publisher;
import io.socketcluster.benchmarks.load.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Clients at a door, and a publisher. It prints a line of JSON: the CPU of the server for each
 * message that has reached a client, and the memory of a session.
 */
public final class DoorLoad {
  private final int port;
  private final ProcessTimes server;
  private final LoadClients clients;
  private final Publisher publisher;

  private DoorLoad(Door door, int port, long pid, int connections) {
    this.port = port;
    this.server = new ProcessTimes(List.of(pid));
    this.clients = new LoadClients(door::client, port, connections);
    this.publisher = new Publisher(port);
  }

  /**
   * Runs a load.
   *
   * @param args {@code --protocol}, the name of a {@link Door}; {@code --port} and {@code --pid} of
   *     the server; {@code --connections}; {@code --rate}, publishes a second; {@code --warmup},
   *     for how many seconds the load runs before it is measured; {@code --seconds}
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
            Long.parseLong(given.text("pid")),
            given.number("connections", 1, 20_000));
    load.run(
        given.number("rate", 1, 1000),
        Duration.ofSeconds(given.number("warmup", 0, 1000)),
        Duration.ofSeconds(given.number("seconds", 1, 1000)));
    System.exit(0); // the clients go on
  }

  private void run(int rate, Duration warmUp, Duration time) throws Exception {
    long unused = usedBytes();
    clients.open();
    publisher.paced(rate, warmUp);
    Spent before = spent();
    publisher.paced(rate, time);
    Spent spent = spent().minus(before);
    System.out.printf(
        Locale.ROOT,
        "{\"server_cpu_us_per_operation\":%.2f,\"compiler_percent\":%.1f,"
            + "\"kb_per_socket\":%.2f,\"delivered_percent\":%.1f}%n",
        spent.cpu.toNanos() / 1000.0 / spent.messages,
        100.0 * spent.compilers.toNanos() / spent.cpu.toNanos(),
        (usedBytes() - unused) / 1024.0 / clients.count(),
        100.0 * spent.messages / ((double) clients.count() * rate * time.toSeconds()));
  }

  private Spent spent() throws IOException {
    return new Spent(server.all(), server.compilers(), clients.messages());
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
}
