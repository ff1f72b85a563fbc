// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.faults;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.cluster.ClusterOptions;
import io.socketcluster.broker.nats.NatsBroker;
import io.socketcluster.broker.redis.RedisBroker;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, which tells its clients about gaps. */
final class FaultServer {
  private FaultServer() {}

  /**
   * Starts the server, and prints its port when it has joined the others.
   *
   * @param args the port, the URL of the broker, and the milliseconds that the broker may take
   */
  public static void main(String[] args) throws InterruptedException {
    ClusterOptions limits =
        ClusterOptions.DEFAULT
            .withTimeout(Duration.ofMillis(Long.parseLong(args[2])))
            .withMaxReconnectDelay(Duration.ofMillis(500));
    AGBrokerEngine engine = engine(args[1], limits);
    AGServer server = SocketCluster.create(AGServerOptions.builder().brokerEngine(engine).build());
    engine.listener(BrokerEvent.GAP).consume(gap -> tellAll(server, gap));
    server.listen(Integer.parseInt(args[0]));
    server.listener(AGServer.READY).once();
    System.out.println("port " + server.port());
    Thread.currentThread().join();
  }

  private static AGBrokerEngine engine(String url, ClusterOptions limits) {
    return url.startsWith("nats")
        ? NatsBroker.at(url).limits(limits).build()
        : RedisBroker.at(url).limits(limits).build();
  }

  private static void tellAll(AGServer server, BrokerEvent.Gap gap) {
    Map<String, Object> told = new HashMap<>();
    told.put("since", gap.since().toEpochMilli());
    told.put("until", millis(gap.until()));
    server.clients().values().forEach(socket -> socket.transmit("gap", told));
  }

  private static @Nullable Long millis(@Nullable Instant moment) {
    return moment == null ? null : moment.toEpochMilli();
  }
}
