// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.nats.NatsBroker;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.ClusterAnswer;
import io.socketcluster.server.ClusterSockets;
import io.socketcluster.server.SocketCluster;
import java.util.Map;

/** The program of {@code docs/cluster.md}. */
public final class ClusterProgram {
  private ClusterProgram() {}

  /** Starts a server that a broker joins to others. */
  public static AGServer start(int port, String brokerUrl) {
    AGBrokerEngine engine = NatsBroker.at(brokerUrl).build();
    AGServer agServer =
        SocketCluster.create(AGServerOptions.builder().brokerEngine(engine).build());
    engine.listener(BrokerEvent.GAP).consume(gap -> tellAll(agServer, gap));
    agServer.listen(port);
    return agServer;
  }

  /** Disconnects a user wherever it is connected; returns on how many sockets. */
  public static long ban(AGServer agServer, String username) {
    ClusterSockets user = agServer.cluster().socketsWithClaim("username", username);
    ClusterAnswer answer = user.disconnect(4501, "Banned").join();
    return answer.count();
  }

  private static void tellAll(AGServer agServer, BrokerEvent.Gap gap) {
    Map<String, Object> told = Map.of("since", gap.since(), "over", gap.until() != null);
    agServer.clients().values().forEach(socket -> socket.transmit("gap", told));
  }
}
