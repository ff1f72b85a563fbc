// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.cluster;

import io.socketcluster.benchmarks.Arguments;
import io.socketcluster.benchmarks.doors.Door;
import io.socketcluster.benchmarks.load.LoadClient;
import io.socketcluster.benchmarks.load.LoadClients;
import io.socketcluster.benchmarks.load.Publisher;
import io.socketcluster.benchmarks.load.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Clients at each server of a cluster, and a publisher at the first one. It prints a line of JSON:
 * the CPU of the publishing server, of a receiving one and of all processes for each message that
 * has reached a client, at a rate and as fast as the clients receive, and the deliveries a second.
 */
public final class ClusterLoad {
  private static final int PUBLISHERS = 32;
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final List<LoadClients> clients = new ArrayList<>();
  private final Publisher publisher;
  private final ClusterProcesses processes;

  private ClusterLoad(
      LoadClient.Factory factory,
      int connections,
      List<Integer> ports,
      ClusterProcesses processes) {
    ports.forEach(port -> clients.add(new LoadClients(factory, port, connections)));
    this.publisher = new Publisher(ports.getFirst());
    this.processes = processes;
  }

  /**
   * Runs a load.
   *
   * @param args {@code --protocol}, {@code socketcluster} or {@code socketio}; {@code --ports} and
   *     {@code --pids} of the servers, separated by commas; {@code --brokers}, the pids of what
   *     joins them, or {@code none}; {@code --connections} at each server; {@code --rate},
   *     publishes a second; {@code --warmup} and {@code --warmup-at-rate}, for how many seconds is
   *     published before it is measured, first as fast as the clients receive; {@code --seconds}
   */
  public static void main(String[] args) throws Exception {
    Map<String, String> defaults =
        Map.of(
            "protocol", "socketcluster",
            "ports", "8000",
            "pids", "0",
            "brokers", "none",
            "connections", "1000",
            "rate", "20",
            "warmup", "10",
            "warmup-at-rate", "25",
            "seconds", "5");
    Arguments given = Arguments.parse(args, defaults);
    LoadClient.Factory factory =
        given.text("protocol").equals("socketio")
            ? port -> new SocketIo4(new Wire(port))
            : Door.PROTOCOL_2::client;
    List<Integer> ports = numbers(given.text("ports")).stream().map(Long::intValue).toList();
    ClusterProcesses processes =
        ClusterProcesses.of(numbers(given.text("pids")), numbers(given.text("brokers")));
    ClusterLoad load =
        new ClusterLoad(factory, given.number("connections", 1, 20_000), ports, processes);
    System.out.println(
        load.run(
            Duration.ofSeconds(given.number("warmup", 0, 1000)),
            Duration.ofSeconds(given.number("warmup-at-rate", 0, 1000)),
            given.number("rate", 1, 1000),
            Duration.ofSeconds(given.number("seconds", 1, 1000))));
    System.exit(0); // the clients go on
  }

  private static List<Long> numbers(String list) {
    return list.equals("none")
        ? List.of()
        : Arrays.stream(list.split(",")).map(Long::parseLong).toList();
  }

  private String run(Duration unpaced, Duration atRate, int rate, Duration time) throws Exception {
    for (LoadClients each : clients) {
      each.open();
    }
    publisher.untilReceived(all(), this::delivered);
    unpaced(unpaced);
    publisher.paced(rate, atRate);
    Cost before = cost();
    publisher.paced(rate, time);
    Cost paced = cost().minus(before);
    unpaced(SETTLING);
    before = cost();
    Duration took = timeOf(() -> unpaced(time));
    Cost fast = cost().minus(before);
    return String.format(
        Locale.ROOT,
        "{\"operations_per_second\":%.0f,%s,%s,\"delivered_percent\":%.1f}",
        fast.deliveries() * 1e9 / took.toNanos(),
        fast.json("unpaced_"),
        paced.json(""),
        100.0 * paced.deliveries() / ((double) all() * rate * time.toSeconds()));
  }

  /** A load that takes some time. */
  private interface Timed {
    void run() throws Exception;
  }

  private static Duration timeOf(Timed timed) throws Exception {
    long begin = System.nanoTime();
    timed.run();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void unpaced(Duration time) throws Exception {
    publisher.unpaced(time, PUBLISHERS, all(), this::delivered);
  }

  private long all() {
    return clients.stream().mapToLong(LoadClients::count).sum();
  }

  private long delivered() {
    return clients.stream().mapToLong(LoadClients::messages).sum();
  }

  private Cost cost() throws IOException {
    return processes.costOf(clients.getFirst().messages(), delivered());
  }
}
