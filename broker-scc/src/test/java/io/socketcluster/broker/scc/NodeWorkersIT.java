// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server of this library and one on Node in a cluster with the brokers from npm. */
@Timeout(300)
class NodeWorkersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> CHANNELS =
      IntStream.range(0, 200).mapToObj(i -> "room/" + i).toList();

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Cluster cluster = closing(Cluster.start());
  private int round;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T closing(T resource) {
    opened.add(resource);
    return resource;
  }

  /** A client of one server, which is subscribed to all channels and keeps what it receives. */
  private final class Client {
    private final AGClientSocket socket;
    private final String name;
    private final Map<String, List<String>> received = new ConcurrentHashMap<>();

    Client(String name, int port) {
      this.name = name;
      socket = SocketClusterClient.create(AGClientOptions.builder().port(port).build());
      opened.add(socket::disconnect);
      for (String channel : CHANNELS) {
        List<String> messages = new CopyOnWriteArrayList<>();
        received.put(channel, messages);
        socket.subscribe(channel).consume(message -> messages.add(message.stringValue()));
      }
      await().atMost(PATIENCE).until(() -> socket.subscriptions().size() == CHANNELS.size());
    }

    void publish(int number) throws Exception {
      List<CompletableFuture<Void>> answers =
          CHANNELS.stream().map(each -> socket.invokePublish(each, name + number)).toList();
      for (CompletableFuture<Void> answer : answers) {
        answer.exceptionally(failed -> null).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }

    /** Returns in how many channels a message has arrived. */
    long count(String message) {
      return received.values().stream().filter(each -> each.contains(message)).count();
    }

    void assertNothingIsDoubled() {
      received.forEach(
          (channel, messages) -> assertThat(messages).as(channel).doesNotHaveDuplicates());
    }
  }

  private AGBrokerEngine engine() {
    AGBrokerEngine engine = cluster.engine();
    opened.add(() -> engine.close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    return engine;
  }

  private int javaServer(AGBrokerEngine engine) {
    AGServer server =
        SocketCluster.listen(0, AGServerOptions.builder().brokerEngine(engine).build());
    opened.add(() -> server.close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    return server.port();
  }

  @Test
  void serversExchangeMessagesOnManyChannelsWhileBrokersJoinAndLeave() throws Exception {
    BrokerProcess first = closing(NodeBrokers.start(cluster));
    closing(NodeBrokers.start(cluster));
    await().atMost(PATIENCE).until(() -> cluster.state().brokers().size() == 2);
    AGBrokerEngine engine = engine();
    NodeWorker worker = closing(NodeWorker.start(cluster));
    Client ours = new Client("java", javaServer(engine));
    Client theirs = new Client("node", worker.port());
    StreamConsumer<BrokerEvent.Gap> gaps =
        engine.listener(BrokerEvent.GAP).createConsumer(PATIENCE);
    settled(engine, worker, 2);
    complete(ours, theirs);

    closing(NodeBrokers.start(cluster));
    BrokerEvent.Gap moved = nextWhilePublishing(gaps, ours, theirs);
    assertThat(moved.reason()).contains("moved");
    assertThat(moved.until()).isAfterOrEqualTo(moved.since());
    settled(engine, worker, 3);
    complete(ours, theirs);

    first.kill();
    BrokerEvent.Gap lost = nextWhilePublishing(gaps, ours, theirs);
    while (lost.until() == null) {
      lost = nextWhilePublishing(gaps, ours, theirs);
    }
    settled(engine, worker, 2);
    complete(ours, theirs);

    ours.assertNothingIsDoubled();
    theirs.assertNothingIsDoubled();
  }

  private void settled(AGBrokerEngine engine, NodeWorker worker, int brokers) {
    await().atMost(PATIENCE).until(() -> worker.state().equals(brokers + " " + CHANNELS.size()));
    await().atMost(PATIENCE).until(engine::isReady);
  }

  /** Nothing is lost in either direction while no broker joins or leaves. */
  private void complete(Client ours, Client theirs) throws Exception {
    for (int i = 0; i < 2; i++) {
      int number = publish(ours, theirs);
      for (Client client : List.of(ours, theirs)) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  assertThat(client.count("java" + number)).isEqualTo(CHANNELS.size());
                  assertThat(client.count("node" + number)).isEqualTo(CHANNELS.size());
                });
      }
    }
  }

  private int publish(Client ours, Client theirs) throws Exception {
    round++;
    ours.publish(round);
    theirs.publish(round);
    return round;
  }

  private BrokerEvent.Gap nextWhilePublishing(
      StreamConsumer<BrokerEvent.Gap> gaps, Client ours, Client theirs) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (gaps.getBackpressure() == 0 && System.nanoTime() < deadline) {
      publish(ours, theirs);
    }
    return ((Value<BrokerEvent.Gap>) gaps.next()).value();
  }
}
