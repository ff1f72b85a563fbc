// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.workers;

import io.socketcluster.benchmarks.Arguments;
import io.socketcluster.benchmarks.doors.Door;
import io.socketcluster.benchmarks.load.LoadClients;
import io.socketcluster.benchmarks.load.ProcessTimes;
import io.socketcluster.benchmarks.load.Publisher;
import io.socketcluster.benchmarks.load.WarmUp;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Clients at the port of one process or of workers, and a publisher. It prints a line of JSON: the
 * memory before the load, the CPU of all processes for a delivery, and the deliveries a second.
 */
public final class DeliveryLoad {
  private static final int IN_FLIGHT = 4;
  private static final Duration LEAST_WARM_UP = Duration.ofSeconds(4);

  private final LoadClients clients;
  private final Publisher publisher;
  private final ProcessTimes times;

  private DeliveryLoad(LoadClients clients, Publisher publisher, ProcessTimes times) {
    this.clients = clients;
    this.publisher = publisher;
    this.times = times;
  }

  /**
   * Runs the load.
   *
   * @param args {@code --port}; {@code --pid} of the process that was started, and {@code
   *     --children}, how many it has; {@code --connections}; {@code --rate}, publishes a second;
   *     {@code --warmup}, the longest one; {@code --seconds}
   */
  public static void main(String[] args) throws Exception {
    Map<String, String> defaults =
        Map.of(
            "port", "8000",
            "pid", "0",
            "children", "0",
            "connections", "200",
            "rate", "100",
            "warmup", "20",
            "seconds", "5");
    Arguments given = Arguments.parse(args, defaults);
    WorkerProcesses processes =
        new WorkerProcesses(Long.parseLong(given.text("pid")), given.number("children", 0, 300));
    processes.awaitComplete();
    long memory = processes.memory();
    int port = given.number("port", 1, 65_535);
    LoadClients clients =
        new LoadClients(Door.PROTOCOL_2::client, port, given.number("connections", 1, 20_000));
    DeliveryLoad load = new DeliveryLoad(clients, new Publisher(port), processes.times());
    Duration warmUp = Duration.ofSeconds(given.number("warmup", 0, 1000));
    Duration time = Duration.ofSeconds(given.number("seconds", 1, 1000));
    System.out.println(load.run(memory, warmUp, given.number("rate", 1, 1000), time));
    System.exit(0); // the clients go on
  }

  private String run(long memory, Duration warmUp, int rate, Duration time) throws Exception {
    clients.open();
    publisher.untilReceived(clients.count(), clients::messages);
    new WarmUp(times, LEAST_WARM_UP, warmUp).run(its -> publisher.paced(rate, its));
    long delivered = clients.messages();
    Duration before = times.all();
    Duration compiled = times.compilers();
    publisher.paced(rate, time);
    double nanos = times.all().minus(before).toNanos();
    double compiling = times.compilers().minus(compiled).toNanos() / nanos;
    double micros = nanos / 1e3 / (clients.messages() - delivered);
    unpaced(warmUp.dividedBy(2));
    delivered = clients.messages();
    long begin = System.nanoTime();
    unpaced(time);
    double seconds = (System.nanoTime() - begin) / 1e9;
    return String.format(
        Locale.ROOT,
        "{\"resident_kb\":%d,\"all_us\":%.3f,\"compiler_percent\":%.1f,"
            + "\"operations_per_second\":%.0f}",
        memory,
        micros,
        100 * compiling,
        (clients.messages() - delivered) / seconds);
  }

  private void unpaced(Duration time) throws Exception {
    publisher.unpaced(time, IN_FLIGHT, clients.count(), clients::messages);
  }
}
