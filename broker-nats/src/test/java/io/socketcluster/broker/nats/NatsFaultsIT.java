// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.cluster.ClusterBroker;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.cluster.ClusterOptions;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What engines do while their NATS server is away, slow, strange or unwilling. */
@Timeout(120)
class NatsFaultsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final ClusterOptions SHORT =
      ClusterOptions.DEFAULT
          .withTimeout(Duration.ofSeconds(1))
          .withMaxReconnectDelay(Duration.ofMillis(200));

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private NatsServer server(String... arguments) {
    NatsServer server = NatsServer.start(arguments);
    opened.add(server);
    return server;
  }

  private AGBrokerEngine engine(String url) {
    return engine(url, SHORT);
  }

  private AGBrokerEngine engine(String url, ClusterOptions limits) {
    AGBrokerEngine engine = NatsBroker.at(url).limits(limits).build();
    opened.add(() -> engine.close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    return engine;
  }

  private AGBrokerEngine ready(String url) {
    AGBrokerEngine engine = engine(url);
    eventually(() -> assertThat(engine.isReady()).isTrue());
    return engine;
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }

  private static Received subscribed(AGBrokerEngine engine, String channel) throws Exception {
    Received received = new Received();
    engine.subscribe(received, channel).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return received;
  }

  private static void publish(AGBrokerEngine engine, String text) throws Exception {
    engine.invokePublish("news", Payload.of(text)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void aServerThatIsAwayAtTheStartIsJoinedWhenItComes() throws Exception {
    NatsServer server = server();
    server.kill();
    AGBrokerEngine alone = engine(server.url());
    StreamConsumer<BrokerEvent.Gap> gaps = alone.listener(BrokerEvent.GAP).createConsumer(PATIENCE);
    Received received = subscribed(alone, "news");

    assertThatThrownBy(() -> publish(alone, "to this machine"))
        .hasCauseInstanceOf(BrokerError.class);
    assertThat(received.json()).containsExactly("\"to this machine\"");
    assertThat(alone.isReady()).isFalse();

    server.restart();
    publish(ready(server.url()), "from another");
    eventually(() -> assertThat(alone.isReady()).isTrue());
    publish(ready(server.url()), "from a third");

    eventually(() -> assertThat(received.json()).endsWith("\"from a third\""));
    assertThat(gaps.next())
        .matches(
            gap -> gap instanceof Value<BrokerEvent.Gap> value && value.value().until() != null);
  }

  @Test
  void aServerThatCrashesLeavesAnAnnouncedGapAndNothingElse() throws Exception {
    NatsServer server = server();
    AGBrokerEngine here = ready(server.url());
    AGBrokerEngine there = ready(server.url());
    here.exchange().subscribe("news");
    StreamConsumer<ChannelEvent.Gap> gaps =
        here.exchange().channel("news").listener(ChannelEvent.GAP).createConsumer(PATIENCE);
    Received received = subscribed(here, "news");
    publish(there, "before");
    eventually(() -> assertThat(received.json()).containsExactly("\"before\""));

    server.kill();
    eventually(() -> assertThat(here.isReady() || there.isReady()).isFalse());
    assertThatThrownBy(() -> publish(there, "meanwhile")).hasCauseInstanceOf(BrokerError.class);
    server.restart();
    eventually(() -> assertThat(here.isReady() && there.isReady()).isTrue());
    publish(there, "after");

    eventually(() -> assertThat(received.json()).containsExactly("\"before\"", "\"after\""));
    assertThat(gap(gaps).until()).isNull();
    ChannelEvent.Gap ended = gap(gaps);
    assertThat(ended.until()).isAfterOrEqualTo(ended.since());
    assertThat(ended.reason()).contains("127.0.0.1:" + server.port());
  }

  private static ChannelEvent.Gap gap(StreamConsumer<ChannelEvent.Gap> gaps) throws Exception {
    return ((Value<ChannelEvent.Gap>) gaps.next()).value();
  }

  @Test
  void aServerThatHangsIsGivenUpAndPublishesFailInTime() throws Exception {
    NatsServer server = server();
    AGBrokerEngine engine = ready(server.url());
    Received received = subscribed(engine, "news");

    server.signal("STOP");
    assertThatThrownBy(() -> publish(engine, "unknown")).hasCauseInstanceOf(BrokerError.class);
    eventually(() -> assertThat(engine.isReady()).isFalse());
    server.signal("CONT");
    eventually(() -> assertThat(engine.isReady()).isTrue());
    publish(ready(server.url()), "after");

    eventually(() -> assertThat(received.json()).containsExactly("\"unknown\"", "\"after\""));
  }

  @Test
  void messagesThatNoEngineSentAreCountedAndIgnored() throws Exception {
    NatsServer server = server();
    ClusterBroker engine = (ClusterBroker) ready(server.url());
    Received received = subscribed(engine, "news");
    Connection stranger = Nats.connect(server.url());
    opened.add(stranger);
    stranger.publish("socketcluster.c.news", new byte[0]);
    stranger.publish("socketcluster.c.news", new byte[] {(byte) 0xff, 0, 1});
    stranger.publish("socketcluster.c.news", "{\"event\":\"#publish\"}".getBytes(UTF_8));
    stranger.publish("socketcluster.c.news", new byte[1_000_000]);
    stranger.publish(
        "socketcluster.c.news", new ClusterMessage("other", Payload.of("x")).toBytes());
    stranger.publish(
        "socketcluster.c.news", new ClusterMessage("news", Payload.of("by hand")).toBytes());
    stranger.flush(PATIENCE);

    eventually(() -> assertThat(received.json()).containsExactly("\"by hand\""));
    assertThat(engine.foreignMessages()).isEqualTo(5);
    publish(ready(server.url()), "after");
    eventually(() -> assertThat(received.json()).hasSize(2));
  }

  @Test
  void aPublishThatIsTooLargeForTheServerFailsAndTheOthersDoNot() throws Exception {
    NatsServer server = server();
    AGBrokerEngine engine = ready(server.url());
    Received there = subscribed(ready(server.url()), "news");

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
    NatsServer server = server("-c", config.toString());
    AGBrokerEngine engine = ready(server.url().replace("//", "//limited:secret@"));
    Received allowed = subscribed(engine, "open");

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
    NatsServer server = server("-c", config.toString());
    String url = server.url().replace("//", "//us:wr0ng@");
    AGBrokerEngine engine = engine(url, ClusterOptions.DEFAULT); // the server answers late
    StreamConsumer<BrokerEvent.Failure> errors =
        engine.listener(BrokerEvent.ERROR).createConsumer(PATIENCE);

    Throwable error = ((Value<BrokerEvent.Failure>) errors.next()).value().error();

    assertThat(error)
        .isInstanceOf(BrokerError.class)
        .hasMessageContaining("refuses the user, password")
        .hasMessageContaining("127.0.0.1:" + server.port());
    assertThat(error.toString()).doesNotContain("wr0ng");
    assertThat(engine.isReady()).isFalse();
  }
}
