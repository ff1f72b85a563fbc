// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.cluster.ClusterBroker;
import io.socketcluster.broker.testkit.BrokerFaultsContract;
import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.broker.testkit.Recorder;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.protocol.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules about failures, with the only broker of a cluster. */
class SccFaultsIT extends BrokerFaultsContract {
  private final Cluster cluster = closing(Cluster.start());

  @Override
  protected BrokerProcess startBroker() {
    return NodeBrokers.start(cluster);
  }

  @Override
  protected AGBrokerEngine createEngine(BrokerProcess broker) {
    return cluster.seat(Duration.ofSeconds(1)).build();
  }

  @Test
  void messagesThatNoWorkerSentAreCountedAndIgnored() throws Exception {
    BrokerProcess broker = broker();
    ClusterBroker engine = (ClusterBroker) ready(broker);
    Recorder recorder = subscribed(engine, CHANNEL);
    AGClientSocket stranger = stranger(broker);

    for (Object each :
        List.of(1, "text", List.of(), Map.of("messages", 1), Map.of("sender", "x"))) {
      stranger.invokePublish(CHANNEL, each).join();
    }
    stranger.invokePublish(CHANNEL, Map.of("messages", List.of("by hand"))).join();

    eventually(() -> assertThat(recorder.json()).containsExactly("\"by hand\""));
    assertThat(engine.foreignMessages()).isEqualTo(5);
    assertThat(engine.isReady()).isTrue();
  }

  /**
   * A client of a worker on Node can publish there, but has no part in what is around a message.
   */
  @Test
  void ordersOfServersToEachOtherCannotComeFromClientsOfWorkersOnNode() throws Exception {
    BrokerProcess broker = broker();
    ClusterBroker engine = (ClusterBroker) ready(broker);
    Recorder recorder = subscribed(engine, AGBrokerEngine.SERVERS_CHANNEL);

    stranger(broker)
        .invokePublish(AGBrokerEngine.SERVERS_CHANNEL, Map.of("messages", List.of("forged")))
        .join();
    ready(broker).invokePublish(AGBrokerEngine.SERVERS_CHANNEL, Payload.of("order")).join();

    eventually(() -> assertThat(recorder.json()).containsExactly("\"order\""));
    assertThat(engine.foreignMessages()).isEqualTo(1);
  }

  private AGClientSocket stranger(BrokerProcess broker) {
    AGClientSocket socket =
        SocketClusterClient.create(
            AGClientOptions.builder()
                .hostname("127.0.0.1")
                .port(broker.port())
                .query("authKey", Cluster.KEY)
                .build());
    closing(socket::disconnect);
    return socket;
  }
}
