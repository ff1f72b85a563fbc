// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats;

import io.socketcluster.broker.testkit.BrokerProcess;
import java.util.ArrayList;
import java.util.List;

/** Debian's {@code nats-server}, which greets with INFO. */
final class NatsServers {
  private NatsServers() {}

  static BrokerProcess start(String... arguments) {
    List<String> all = new ArrayList<>(List.of("-a", "127.0.0.1"));
    all.addAll(List.of(arguments));
    return BrokerProcess.start(
        "nats-server", "-p", all, connection -> connection.getInputStream().read() == 'I');
  }

  static String url(BrokerProcess server) {
    return "nats://" + server.address();
  }
}
