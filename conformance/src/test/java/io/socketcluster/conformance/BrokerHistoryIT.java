// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.conformance.samples.HistoryProgram;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.server.AGServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers whose channels have one history, at a real broker. */
@Timeout(300)
class BrokerHistoryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AutoReconnectOptions SOON =
      new AutoReconnectOptions(
          Duration.ofMillis(50), Duration.ofMillis(50), 1, Duration.ofMillis(200));

  @SuppressWarnings("NullAway.Init") // each test chooses
  private Broker kind;

  @SuppressWarnings("NullAway.Init") // as that
  private BrokerProcess broker;

  private final List<Running> running = new ArrayList<>();
  private final List<Integer> received = new CopyOnWriteArrayList<>();
  private final List<String> gaps = new CopyOnWriteArrayList<>();

  /** A broker that keeps its histories when it is restarted. */
  enum Broker {
    REDIS {
      @Override
      BrokerProcess start() {
        return ClusterBrokers.redis("--appendonly", "yes", "--appendfsync", "always");
      }

      @Override
      AGBrokerEngine engine(String address) {
        return HistoryProgram.redis("redis://" + address);
      }
    },
    JETSTREAM {
      @Override
      BrokerProcess start() {
        return ClusterBrokers.nats("-js", "-sd", "jetstream");
      }

      @Override
      AGBrokerEngine engine(String address) {
        return HistoryProgram.nats("nats://" + address);
      }
    };

    abstract BrokerProcess start();

    abstract AGBrokerEngine engine(String address);
  }

  /** A server and its engine, which end together. */
  private record Running(AGServer server, AGBrokerEngine engine) {
    void end() throws Exception {
      server.close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      engine.close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    void publish(int first, int last) {
      IntStream.rangeClosed(first, last)
          .forEach(number -> server.exchange().invokePublish("room/1", number).join());
    }
  }

  private Running start(int port) {
    AGServer server = HistoryProgram.start(port, kind.engine(broker.address()));
    Running started = new Running(server, server.brokerEngine());
    running.add(started);
    await().atMost(PATIENCE).until(server::isReady);
    return started;
  }

  private void follow(int port) {
    AGClientSocket socket =
        SocketClusterClient.create(
            AGClientOptions.builder().port(port).autoReconnectOptions(SOON).build());
    AGChannel<Integer> channel =
        socket.subscribe("room/1", ChannelOptions.DEFAULT.withRecovery(), Integer.class);
    channel.consume(received::add);
    channel.listener(ChannelEvent.GAP).consume(gap -> gaps.add(gap.reason()));
    await().atMost(PATIENCE).until(() -> socket.isSubscribed("room/1"));
  }

  private void awaitReceived(int last) {
    List<Integer> expected = IntStream.rangeClosed(1, last).boxed().toList();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).isEqualTo(expected));
  }

  @AfterEach
  void close() throws Exception {
    for (Running each : running) {
      each.end();
    }
    broker.close();
  }

  private void start(Broker chosen) {
    kind = chosen;
    broker = chosen.start();
  }

  @ParameterizedTest
  @EnumSource
  void aClientContinuesOnAnotherServerAndAfterAllWereRestarted(Broker chosen) throws Exception {
    start(chosen);
    Running first = start(0);
    Running second = start(0);
    int port = first.server().port();
    follow(port);
    first.publish(1, 3);
    second.publish(4, 6);
    awaitReceived(6);

    first.end();
    second.publish(7, 9);
    Running third = start(port); // another server for the client, at the address that it knows
    third.publish(10, 12);
    awaitReceived(12);

    third.end();
    second.publish(13, 15);
    second.end();
    start(port).publish(16, 18);
    awaitReceived(18);
    assertThat(gaps).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aBrokerThatIsAwayFailsPublishesAndItsReturnIsAnnounced(Broker chosen) {
    start(chosen);
    Running first = start(0);
    Running second = start(0);
    follow(first.server().port());
    second.publish(1, 3);
    awaitReceived(3);

    broker.kill();
    assertThatThrownBy(() -> second.publish(99, 99)).hasCauseInstanceOf(BrokerError.class);
    await().atMost(PATIENCE).until(() -> !first.server().isReady() && !second.server().isReady());
    broker.restart();
    await().atMost(PATIENCE).until(() -> first.server().isReady() && second.server().isReady());
    second.publish(4, 6);

    awaitReceived(6);
    await("it may have forgotten what it acknowledged")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(gaps).containsExactly("broker"));
  }
}
