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
import io.socketcluster.server.tokens.TokenRevocation;
import java.time.Duration;
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

  /** Logs a user out on all devices; returns whether every server has done so. */
  public static boolean logOutEverywhere(AGServer agServer, String username) {
    Duration lifetime = Duration.ofHours(8);
    TokenRevocation revocation = TokenRevocation.ofUser("username", username, lifetime);
    ClusterAnswer answer = agServer.cluster().revokeTokens(revocation).join();
    return answer.isComplete();
  }

  private static void tellAll(AGServer agServer, BrokerEvent.Gap gap) {
    Map<String, Object> told = Map.of("since", gap.since(), "over", gap.until() != null);
    agServer.clients().values().forEach(socket -> socket.transmit("gap", told));
  }
}
