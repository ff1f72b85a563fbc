// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.nats.NatsBroker;
import io.socketcluster.broker.redis.RedisBroker;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.server.channels.ChannelPolicy.HistoryStore;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The programs of {@code docs/history.md}. */
public final class HistoryProgram {
  private HistoryProgram() {}

  /** Starts a server whose rooms have a history. */
  public static AGServer start(int port) {
    AGServer agServer = SocketCluster.create(AGServerOptions.DEFAULT);
    agServer
        .channels()
        .policy(
            "room/*",
            ChannelPolicy.builder()
                .historySize(500)
                .historyAge(Duration.ofMinutes(10))
                .historyBytes(1 << 20)
                .totalHistoryBytes(256 << 20)
                .build());
    conflate(agServer);
    agServer.listen(port);
    return agServer;
  }

  /** Creates an engine that keeps histories in Redis. */
  public static AGBrokerEngine redis(String redisUrl) {
    return RedisBroker.at(redisUrl).build();
  }

  /** Creates an engine that keeps histories in NATS JetStream. */
  public static AGBrokerEngine nats(String natsUrl) {
    return NatsBroker.at(natsUrl).build();
  }

  /** Starts a server whose rooms have one history with all servers at the same broker. */
  public static AGServer start(int port, AGBrokerEngine engine) {
    AGServer agServer =
        SocketCluster.create(AGServerOptions.builder().brokerEngine(engine).build());
    agServer
        .channels()
        .policy("room/*", ChannelPolicy.builder().historyStore(HistoryStore.BROKER).build());
    agServer.listen(port);
    return agServer;
  }

  /** Sends slow readers the newest price of each symbol, and disconnects those of orders. */
  public static void conflate(AGServer agServer) {
    agServer
        .channels()
        .policy("prices/*", ChannelPolicy.builder().historySize(0).conflationKey("symbol").build());
    agServer
        .channels()
        .policy(
            "orders/*",
            ChannelPolicy.builder()
                .slowConsumerPolicy(ChannelPolicy.SlowConsumers.DISCONNECT)
                .build());
  }

  /** Follows a room with the Java client. */
  public static void follow(
      AGClientSocket socket, Consumer<JsonNode> show, Runnable reloadFromDatabase) {
    AGChannel<JsonNode> room =
        socket.subscribe("room/7", ChannelOptions.DEFAULT.withRecovery(50), JsonNode.class);
    room.listener(ChannelEvent.GAP).consume(gap -> reloadFromDatabase.run());
    room.consume(message -> show.accept(message));
  }
}
