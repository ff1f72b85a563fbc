// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats;

import static io.socketcluster.broker.nats.NatsServers.url;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.cluster.ClusterBroker;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.cluster.ClusterOptions;
import io.socketcluster.broker.testkit.BrokerFaultsContract;
import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.broker.testkit.Recorder;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsFaultsIT extends BrokerFaultsContract {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final ClusterOptions SHORT =
      ClusterOptions.DEFAULT
          .withTimeout(Duration.ofSeconds(1))
          .withMaxReconnectDelay(Duration.ofMillis(200));

  @Override
  protected BrokerProcess startBroker() {
    return NatsServers.start();
  }

  @Override
  protected AGBrokerEngine createEngine(BrokerProcess broker) {
    return NatsBroker.at(url(broker)).limits(SHORT).build();
  }

  @Test
  void messagesThatNoEngineSentAreCountedAndIgnored() throws Exception {
    BrokerProcess server = broker();
    ClusterBroker engine = (ClusterBroker) ready(server);
    Recorder recorder = subscribed(engine, CHANNEL);
    Connection stranger = closing(Nats.connect(url(server)));
    stranger.publish("socketcluster.c.news", new byte[0]);
    stranger.publish("socketcluster.c.news", new byte[] {(byte) 0xff, 0, 1});
    stranger.publish("socketcluster.c.news", "{\"event\":\"#publish\"}".getBytes(UTF_8));
    stranger.publish("socketcluster.c.news", new byte[1_000_000]);
    stranger.publish(
        "socketcluster.c.news", new ClusterMessage("other", Payload.of("x")).toBytes());
    stranger.publish(
        "socketcluster.c.news", new ClusterMessage("news", Payload.of("by hand")).toBytes());
    stranger.flush(PATIENCE);

    eventually(() -> assertThat(recorder.json()).containsExactly("\"by hand\""));
    assertThat(engine.foreignMessages()).isEqualTo(5);
    publish(ready(server), "after");
    eventually(() -> assertThat(recorder.json()).hasSize(2));
  }

  @Test
  void aPublishThatIsTooLargeForTheServerFailsAndTheOthersDoNot() throws Exception {
    BrokerProcess server = broker();
    AGBrokerEngine engine = ready(server);
    Recorder there = subscribed(ready(server), CHANNEL);

    assertThatThrownBy(() -> publish(engine, "x".repeat(2_000_000)))
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining("NATS refuses the publish");
    publish(engine, "small");

    eventually(() -> assertThat(there.json()).containsExactly("\"small\""));
  }

  @Test
  void whatTheServerForbidsFailsWithItsReason(@TempDir Path folder) throws Exception {
    Path config = folder.resolve("nats.conf");
    Files.writeString(
        config,
        """
        authorization {
          users = [{user: limited, password: secret, permissions: {
            subscribe: {deny: "socketcluster.c.secret"}, publish: {deny: "socketcluster.c.news"}}}]
        }
        """);
    BrokerProcess server = closing(NatsServers.start("-c", config.toString()));
    AGBrokerEngine engine = ready(login(server, "limited:secret", SHORT));
    Recorder allowed = subscribed(engine, "open");

    assertThatThrownBy(() -> subscribed(engine, "secret"))
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining("socketcluster.c.secret");
    assertThat(engine.isSubscribed("secret")).isFalse();
    assertThatThrownBy(() -> publish(engine, "forbidden")).hasCauseInstanceOf(BrokerError.class);
    assertThat(engine.isReady()).isTrue();
    assertThat(allowed.json()).isEmpty();
  }

  @Test
  void aWrongPasswordIsAnErrorThatNamesTheSettingAndNotThePassword(@TempDir Path folder)
      throws Exception {
    Path config = folder.resolve("nats.conf");
    Files.writeString(config, "authorization {user: us, password: right}");
    BrokerProcess server = closing(NatsServers.start("-c", config.toString()));
    AGBrokerEngine engine = login(server, "us:wr0ng", ClusterOptions.DEFAULT); // answers late

    Throwable error = next(errors(engine)).error();

    assertThat(error)
        .isInstanceOf(BrokerError.class)
        .hasMessageContaining("refuses the user, password")
        .hasMessageContaining("127.0.0.1:" + server.port());
    assertThat(error.toString()).doesNotContain("wr0ng");
    assertThat(engine.isReady()).isFalse();
  }

  private AGBrokerEngine login(BrokerProcess server, String login, ClusterOptions limits) {
    String url = url(server).replace("//", "//" + login + "@");
    return closing(NatsBroker.at(url).limits(limits).build());
  }
}
