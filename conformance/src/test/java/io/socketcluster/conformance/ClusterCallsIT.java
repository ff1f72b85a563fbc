// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.nats.NatsBroker;
import io.socketcluster.broker.redis.RedisBroker;
import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.conformance.samples.ClusterProgram;
import io.socketcluster.core.AGSocket;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.server.AGCluster;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.ClusterAnswer;
import io.socketcluster.server.ClusterSockets;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.channels.ChannelAccess;
import io.socketcluster.server.channels.ChannelRule;
import io.socketcluster.server.tokens.TokenRevocation;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Calls to all servers of a cluster: two servers on a broker, and real clients. */
@Timeout(300)
class ClusterCallsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String KEY = "a-key-of-thirty-two-bytes-or-more!";

  private final List<AutoCloseable> opened = new ArrayList<>();

  /** The users who may not be in a channel of members any more. */
  private final Set<String> expelled = ConcurrentHashMap.newKeySet();

  /** The engines that join servers. */
  enum Engine {
    NATS {
      @Override
      BrokerProcess start() {
        return ClusterBrokers.nats();
      }

      @Override
      AGBrokerEngine at(BrokerProcess broker) {
        return NatsBroker.at("nats://" + broker.address()).build();
      }
    },
    REDIS {
      @Override
      BrokerProcess start() {
        return ClusterBrokers.redis();
      }

      @Override
      AGBrokerEngine at(BrokerProcess broker) {
        return RedisBroker.at("redis://" + broker.address()).build();
      }
    };

    abstract BrokerProcess start();

    abstract AGBrokerEngine at(BrokerProcess broker);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private BrokerProcess broker(Engine engine) {
    BrokerProcess broker = engine.start();
    opened.add(broker);
    return broker;
  }

  private AGServer server(Engine engine, BrokerProcess broker) {
    AGBrokerEngine joined = engine.at(broker);
    AGServer server =
        SocketCluster.create(AGServerOptions.builder().authKey(KEY).brokerEngine(joined).build());
    server.channelRules().set("members/*", membersOnly());
    server.onConnection(socket -> serve(server, socket));
    server.listen(0);
    opened.add(
        () -> {
          server.close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
          joined.close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        });
    await().atMost(PATIENCE).until(server::isReady);
    return server;
  }

  private ChannelRule membersOnly() {
    return ChannelRule.builder()
        .subscribe(ChannelAccess.nonBlocking(this::isIn))
        .subscribeToPattern(true)
        .build();
  }

  private boolean isIn(AGSocket socket, String channel) {
    JsonNode token = socket.authToken();
    return token != null && !expelled.contains(token.path("username").stringValue(""));
  }

  private void serve(AGServer server, AGServerSocket socket) {
    AGCluster cluster = server.cluster();
    socket
        .procedure("logIn", String.class)
        .consume(
            request -> {
              socket.setAuthToken(Map.of("username", request.data()));
              request.end();
            });
    serve(socket, "clientsCount", data -> cluster.clientsCount());
    serve(socket, "subscribersCount", cluster::subscribersCount);
    serve(socket, "kickOut", name -> user(cluster, name).kickOut("news", "Out of all"));
    serve(socket, "deauthenticate", name -> user(cluster, name).deauthenticate());
    serve(
        socket,
        "expel",
        name -> {
          expelled.add(name);
          return user(cluster, name).recheck("members/*");
        });
    serve(
        socket,
        "revoke",
        name ->
            cluster.revokeTokens(TokenRevocation.ofUser("username", name, Duration.ofHours(1))));
    serve(socket, "disconnect", name -> user(cluster, name).disconnect(4501, "Banned"));
  }

  private static ClusterSockets user(AGCluster cluster, String username) {
    return cluster.socketsWithClaim("username", username);
  }

  private static void serve(
      AGServerSocket socket,
      String procedure,
      Function<String, CompletableFuture<ClusterAnswer>> call) {
    socket
        .procedure(procedure)
        .consume(request -> request.end(call.apply(request.data().stringValue("")).join()));
  }

  private static void awaitEachOther(AGServer... servers) {
    for (AGServer each : servers) {
      await()
          .atMost(PATIENCE)
          .until(() -> each.cluster().clientsCount().join().servers() == servers.length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void stockClientsAreReachedOnAllServers(Engine engine) {
    BrokerProcess broker = broker(engine);
    AGServer here = server(engine, broker);
    AGServer there = server(engine, broker);
    awaitEachOther(here, there);

    Scenario.named("cluster").with("other", there.port()).run(here.port());
  }

  @ParameterizedTest
  @EnumSource
  void aUserIsBannedFromAllServers(Engine engine) throws Exception {
    BrokerProcess broker = broker(engine);
    AGServer here = server(engine, broker);
    AGServer there = server(engine, broker);
    awaitEachOther(here, there);
    AGClientSocket client =
        SocketClusterClient.create(
            AGClientOptions.builder().hostname("localhost").port(there.port()).build());
    opened.add(client::disconnect);
    StreamConsumer<ConnectionEvent.Closed> closes =
        client.listener(AGClientSocket.DISCONNECT).createConsumer(PATIENCE);
    client.invoke("logIn", "alice").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    await().atMost(PATIENCE).until(() -> client.authState() == AuthState.AUTHENTICATED);

    assertThat(ClusterProgram.ban(here, "alice")).isEqualTo(1);

    assertThat(((Value<ConnectionEvent.Closed>) closes.next()).value().code()).isEqualTo(4501);
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheBrokerACallAnswersForItsOwnServer(Engine engine) {
    BrokerProcess broker = broker(engine);
    AGServer here = server(engine, broker);
    AGServer there = server(engine, broker);
    awaitEachOther(here, there);

    broker.kill();
    await().atMost(PATIENCE).until(() -> !here.isReady() && !there.isReady());
    ClusterAnswer alone = here.cluster().clientsCount().join();
    assertThat(alone.servers()).isEqualTo(1);
    assertThat(alone.missing()).isEqualTo(1);

    broker.restart();
    awaitEachOther(here, there);
  }
}
