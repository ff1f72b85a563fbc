// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static io.socketcluster.broker.redis.RedisServers.url;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.cluster.ClusterBroker;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.cluster.ClusterOptions;
import io.socketcluster.broker.testkit.BrokerFaultsContract;
import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.broker.testkit.Recorder;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisFaultsIT extends BrokerFaultsContract {
  private static final String[] LIMITED =
      "--user limited on >secret resetchannels &socketcluster:open* +@all".split(" ", -1);
  private static final ClusterOptions SHORT =
      ClusterOptions.DEFAULT
          .withTimeout(Duration.ofSeconds(1))
          .withMaxReconnectDelay(Duration.ofMillis(200));

  @Override
  protected BrokerProcess startBroker() {
    return RedisServers.start();
  }

  @Override
  protected AGBrokerEngine createEngine(BrokerProcess broker) {
    return RedisBroker.at(url(broker)).limits(SHORT).build();
  }

  private AGBrokerEngine login(BrokerProcess server, String login) {
    String url = url(server).replace("//", "//" + login + "@");
    return closing(RedisBroker.at(url).limits(SHORT).build());
  }

  @Test
  void messagesThatNoEngineSentAreCountedAndIgnored() throws Exception {
    BrokerProcess server = broker();
    ClusterBroker engine = (ClusterBroker) ready(server);
    Recorder recorder = subscribed(engine, CHANNEL);
    List<byte[]> strange =
        List.of(
            new byte[0],
            new byte[] {(byte) 0xff, 0, 1},
            "{\"event\":\"#publish\"}".getBytes(UTF_8),
            new byte[1_000_000],
            new ClusterMessage("other", Payload.of("x")).toBytes());
    StatefulRedisConnection<byte[], byte[]> stranger = stranger(server);
    byte[] channel = ("socketcluster:" + CHANNEL).getBytes(UTF_8);

    strange.forEach(each -> stranger.sync().publish(channel, each));
    stranger.sync().publish(channel, new ClusterMessage(CHANNEL, Payload.of("by hand")).toBytes());

    eventually(() -> assertThat(recorder.json()).containsExactly("\"by hand\""));
    assertThat(engine.foreignMessages()).isEqualTo(strange.size());
    publish(ready(server), "after");
    eventually(() -> assertThat(recorder.json()).hasSize(2));
  }

  private StatefulRedisConnection<byte[], byte[]> stranger(BrokerProcess server) {
    RedisClient client = closing(RedisClient.create(url(server)));
    return client.connect(ByteArrayCodec.INSTANCE);
  }

  @Test
  void whatTheServerForbidsFailsWithItsReason() throws Exception {
    BrokerProcess server = closing(RedisServers.start(LIMITED));
    AGBrokerEngine engine = ready(login(server, "limited:secret"));
    Recorder allowed = subscribed(engine, "open");

    assertThatThrownBy(() -> subscribed(engine, "secret"))
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining("NOPERM");
    assertThat(engine.subscriptions()).containsExactly("open");
    assertThatThrownBy(() -> publish(engine, "forbidden"))
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining("NOPERM");
    assertThat(engine.isReady()).isTrue();
    assertThat(allowed.json()).isEmpty();
  }

  @Test
  void oneForbiddenChannelOfManyIsRefusedAlone() throws Exception {
    BrokerProcess server = closing(RedisServers.start(LIMITED));
    server.suspend();
    AGBrokerEngine engine = login(server, "limited:secret");
    Recorder first = subscribed(engine, "open-1"); // together, when there is a connection
    Recorder second = subscribed(engine, "secret");
    Recorder third = subscribed(engine, "open-2");
    server.resume();
    ready(engine);

    AGBrokerEngine other = ready(login(server, "limited:secret"));
    other.invokePublish("open-1", Payload.of("x")).join();
    other.invokePublish("open-2", Payload.of("y")).join();

    eventually(() -> assertThat(first.json()).containsExactly("\"x\""));
    eventually(() -> assertThat(third.json()).containsExactly("\"y\""));
    assertThat(second.json()).isEmpty();
  }

  @Test
  void aWrongPasswordIsAnErrorThatNamesTheSettingAndNotThePassword() throws Exception {
    BrokerProcess server = closing(RedisServers.start("--requirepass", "right"));
    AGBrokerEngine engine = login(server, "wr0ng");

    Throwable error = next(errors(engine)).error();

    assertThat(error)
        .isInstanceOf(BrokerError.class)
        .hasMessageContaining("WRONGPASS")
        .hasMessageContaining(server.address());
    assertThat(error.toString()).doesNotContain("wr0ng");
    assertThat(engine.isReady()).isFalse();
  }
}
