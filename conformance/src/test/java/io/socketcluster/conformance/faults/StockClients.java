// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.faults;

import io.socketcluster.conformance.ChildProcess;
import io.socketcluster.conformance.faults.TrafficLedger.Listening;
import io.socketcluster.conformance.faults.TrafficLedger.Publish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sockets of the client from npm, all in one process: it prints what happens to them. */
final class StockClients implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ChildProcess process;
  private final TrafficLedger ledger;
  private int read;

  /** Starts the sockets, which subscribe and begin to publish when they are told to. */
  StockClients(int first, int count, List<Integer> ports, Plan plan, TrafficLedger ledger) {
    this.ledger = ledger;
    String clients =
        IntStream.range(first, first + count)
            .mapToObj(i -> ports.get(i % ports.size()) + "=" + String.join("+", Plan.channelsOf(i)))
            .collect(Collectors.joining(";"));
    process =
        ChildProcess.start(
            Path.of("src/test/js"),
            List.of(
                "node",
                "cluster-traffic.mjs",
                "--clients",
                clients,
                "--interval",
                Long.toString(plan.interval().toMillis())));
    process.awaitLine("subscribed"::equals, PATIENCE);
  }

  void begin() {
    process.type("begin");
  }

  /** Ends the publishes, and waits until each was answered. */
  void end() {
    process.type("end");
    process.awaitLine("ended"::equals, PATIENCE);
  }

  /** Writes what was printed since the last call into the ledger. */
  void note() {
    List<String> lines = process.lines();
    for (int size = lines.size(); read < size; read++) {
      for (String happening : lines.get(read).split(";", -1)) {
        note(happening.split(" "));
      }
    }
  }

  private void note(String... words) {
    switch (words[0]) {
      case "acknowledged" ->
          ledger.acknowledged(
              publish(words[1], words[2], words[3]), time(words[4]), time(words[5]));
      case "failed" -> ledger.failed();
      case "received" -> ledger.received(words[1], publish(words[2], words[3], words[4]));
      case "listens" -> ledger.listens(new Listening(words[1], words[2]), time(words[3]));
      case "disconnected" -> ledger.disconnected(words[1], time(words[2]));
      case "gap" ->
          ledger.gap(
              words[1],
              time(words[2]),
              words[3].equals("null") ? TrafficLedger.LASTING : time(words[3]));
      default -> {
        if (words[0].startsWith("error")) {
          throw new AssertionError(String.join(" ", words));
        }
      }
    }
  }

  private static Publish publish(String channel, String publisher, String number) {
    return new Publish(channel, publisher, Integer.parseInt(number));
  }

  private static long time(String word) {
    return Long.parseLong(word);
  }

  @Override
  public void close() {
    process.close();
  }
}
