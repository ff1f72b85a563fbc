// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketcluster.broker.testkit.BrokerProcess;
import java.util.ArrayList;
import java.util.List;

/** Brokers in processes of their own. */
public final class ClusterBrokers {
  private static final byte[] PING = "PING\r\n".getBytes(US_ASCII);

  private ClusterBrokers() {}

  /** Starts NATS on a free port. */
  public static BrokerProcess nats(String... arguments) {
    return BrokerProcess.start(
        "nats-server",
        "-p",
        all(List.of("-a", "127.0.0.1"), arguments),
        connection -> connection.getInputStream().read() == 'I');
  }

  /** Starts Redis on a free port, without files. */
  public static BrokerProcess redis(String... arguments) {
    return BrokerProcess.start(
        "redis-server",
        "--port",
        all(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no"), arguments),
        connection -> {
          connection.getOutputStream().write(PING);
          return connection.getInputStream().read() == '+';
        });
  }

  private static List<String> all(List<String> first, String... more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(more));
    return all;
  }
}
