// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static io.socketcluster.broker.redis.RedisServers.command;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.cluster.ClusterOptions;
import io.socketcluster.broker.history.HistoryStart;
import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.broker.testkit.ChannelHistoriesContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Histories in a Redis cluster, which here has one master. */
class RedisClusterHistoriesIT extends ChannelHistoriesContract {
  private static final ClusterOptions OFTEN =
      ClusterOptions.DEFAULT.withMaxReconnectDelay(Duration.ofMillis(200));

  /** A cluster of one master; it is back when the cluster is in order. */
  @Override
  protected BrokerProcess startBroker() {
    AtomicBoolean isFormed = new AtomicBoolean();
    List<String> arguments =
        List.of(
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
            "--cluster-enabled",
            "yes");
    BrokerProcess server =
        BrokerProcess.start(
            "redis-server",
            "--port",
            arguments,
            connection -> isAnswering(connection, isFormed.get() ? "cluster_state:ok" : "cluster"));
    try {
      command(server, "cluster", "addslotsrange", "0", "16383");
      eventually(() -> assertThat(command(server, "cluster", "info")).contains("state:ok"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    isFormed.set(true);
    return server;
  }

  private static boolean isAnswering(Socket connection, String expected) throws IOException {
    connection.getOutputStream().write("CLUSTER INFO\r\n".getBytes(US_ASCII));
    byte[] answer = new byte[256];
    int length = connection.getInputStream().read(answer);
    return length > 0 && new String(answer, 0, length, US_ASCII).contains(expected);
  }

  @Override
  protected AGBrokerEngine createEngine(BrokerProcess broker, String cluster, Duration timeout) {
    return RedisBroker.at("redis+cluster://" + broker.address())
        .prefix(cluster)
        .limits(OFTEN.withTimeout(timeout))
        .build();
  }

  @Test
  void aDeadReplicaDisturbsNobody() throws Exception {
    BrokerProcess master = closing(startBroker());
    String id = command(master, "cluster", "myid");
    try (BrokerProcess replica =
        RedisServers.start("--cluster-enabled", "yes", "--bind", "127.0.0.1")) {
      String[] address = master.address().split(":", -1);
      command(replica, "cluster", "meet", address[0], address[1]);
      eventually(() -> assertThat(command(replica, "cluster", "nodes")).contains(id));
      eventually(() -> assertThat(command(replica, "cluster", "replicate", id)).isEqualTo("OK"));
      eventually(() -> assertThat(command(master, "cluster", "nodes")).contains("slave " + id));
    }
    AGBrokerEngine engine = engine(master);
    publish(engine, "kept", HUNDRED);
    assertThat(read(engine, HistoryStart.newest(1), HUNDRED).messages()).hasSize(1);
    assertThat(engine.isReady()).isTrue();
  }
}
