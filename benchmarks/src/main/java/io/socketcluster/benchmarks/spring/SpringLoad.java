// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.spring;

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
 * Publishes to all clients of an application, and then calls of 100 of them. It prints a line of
 * JSON: the CPU of the application for each delivery and each call, and the memory of a socket.
 */
public final class SpringLoad {
  private static final int CALLERS = 100;

  /** Both loads take turns, so that each finds the other's code compiled, too. */
  private static final int WARM_UPS = 4;

  private final int port;
  private final ProcessTimes server;
  private final Calls calls = new Calls(CALLERS);
  private final LoadClients clients;
  private final Publisher publisher;
  private final int rate;

  private SpringLoad(Arguments given) {
    this.port = given.number("port", 1, 65_535);
    this.server = new ProcessTimes(List.of(Long.parseLong(given.text("pid"))));
    var protocol = SpringClient.Protocol.valueOf(given.text("protocol"));
    this.clients =
        new LoadClients(
            its -> calls.withCalls(protocol.client(its)),
            port,
            given.number("connections", CALLERS, 20_000));
    this.publisher = new Publisher(port);
    this.rate = given.number("rate", 1, 1000);
  }

  /**
   * Runs a load.
   *
   * @param args {@code --protocol}, the name of a {@link SpringClient.Protocol}; {@code --port} and
   *     {@code --pid} of the server; {@code --connections}; {@code --rate}, publishes a second;
   *     {@code --warmup-most}, the seconds of the warm-up; {@code --seconds}, those of each
   *     measurement
   */
  public static void main(String[] args) throws Exception {
    Map<String, String> defaults =
        Map.of(
            "protocol", "SOCKETCLUSTER",
            "port", "8000",
            "pid", "0",
            "connections", "1000",
            "rate", "20",
            "warmup", "0",
            "warmup-most", "40",
            "seconds", "5");
    Arguments given = Arguments.parse(args, defaults);
    Duration warmUp = Duration.ofSeconds(given.number("warmup-most", 0, 1000));
    new SpringLoad(given).run(warmUp, Duration.ofSeconds(given.number("seconds", 1, 1000)));
    System.exit(0); // the clients go on
  }

  private void run(Duration warmUp, Duration time) throws IOException, InterruptedException {
    long unused = usedBytes();
    clients.open();
    double kilobytes = (usedBytes() - unused) / 1024.0 / clients.count();
    for (int i = 0; i < WARM_UPS; i++) {
      publish(warmUp.dividedBy(2 * WARM_UPS));
      call(warmUp.dividedBy(2 * WARM_UPS));
    }
    Spent deliveries = publish(time);
    Spent answers = call(time);
    System.out.printf(
        Locale.ROOT,
        "{\"server_cpu_us_per_operation\":%.2f,\"compiler_percent\":%.1f,"
            + "\"delivered_percent\":%.1f,\"call_cpu_us\":%.2f,\"call_compiler_percent\":%.1f,"
            + "\"operations_per_second\":%.0f,\"kb_per_socket\":%.2f}%n",
        deliveries.microseconds(),
        deliveries.compilerPercent(),
        100.0 * deliveries.messages / ((double) clients.count() * rate * time.toSeconds()),
        answers.microseconds(),
        answers.compilerPercent(),
        (double) answers.messages / time.toSeconds(),
        kilobytes);
  }

  private Spent publish(Duration time) throws IOException, InterruptedException {
    Spent before = spent();
    publisher.paced(rate, time);
    calls.settle(clients::messages);
    return spent().minus(before);
  }

  private Spent call(Duration time) throws IOException, InterruptedException {
    Spent before = spent();
    calls.run(time);
    calls.settle(clients::messages);
    return spent().minus(before);
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

    double microseconds() {
      return cpu.toNanos() / 1000.0 / messages;
    }

    double compilerPercent() {
      return 100.0 * compilers.toNanos() / cpu.toNanos();
    }
  }

  private long usedBytes() throws IOException {
    try (Wire asking = new Wire(port)) {
      return Long.parseLong(asking.get("/memory"));
    }
  }
}
