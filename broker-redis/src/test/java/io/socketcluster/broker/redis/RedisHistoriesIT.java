// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static io.socketcluster.broker.redis.RedisServers.command;
import static io.socketcluster.broker.redis.RedisServers.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.cluster.ClusterOptions;
import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryPosition;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.broker.history.HistoryStart;
import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.broker.testkit.ChannelHistoriesContract;
import io.socketcluster.broker.testkit.PositionRecorder;
import io.socketcluster.protocol.errors.BrokerError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories in Redis Streams, and what Redis does that a good guess would not expect. */
class RedisHistoriesIT extends ChannelHistoriesContract {
  private static final ClusterOptions OFTEN =
      ClusterOptions.DEFAULT.withMaxReconnectDelay(Duration.ofMillis(200));

  @Override
  protected BrokerProcess startBroker() {
    return RedisServers.start("--appendonly", "yes", "--appendfsync", "always");
  }

  @Override
  protected AGBrokerEngine createEngine(BrokerProcess broker, String cluster, Duration timeout) {
    ClusterOptions limits = OFTEN.withTimeout(timeout);
    return RedisBroker.at(url(broker)).prefix(cluster).limits(limits).build();
  }

  private String stream() {
    return "{" + cluster() + ":" + CHANNEL + "}:history";
  }

  private String redis(String... words) throws IOException {
    return command(sharedBroker(), words);
  }

  @Test
  void aStreamNeverHasMoreEntriesThanAllowed() throws Exception {
    AGBrokerEngine engine = engine();
    HistoryBounds few = new HistoryBounds(7, Duration.ofHours(1), 1 << 20);
    for (int i = 0; i < 120; i++) { // Redis trims by nodes of 100 entries if it is left to itself
      publish(engine, i, few);
    }
    assertThat(redis("XLEN", stream())).isEqualTo("7");
  }

  @Test
  void aStreamTakesItsBytesAndANodeAtMost() throws Exception {
    AGBrokerEngine engine = engine();
    HistoryBounds bounds = new HistoryBounds(1_000, Duration.ofHours(1), 20_000);
    for (int i = 0; i < 200; i++) {
      publish(engine, "x".repeat(i * 7), bounds);
    }
    long node = 4_096 + 1_400; // stream-node-max-bytes, and the entry that did not fit any more
    assertThat(Long.parseLong(redis("MEMORY", "USAGE", stream()))).isLessThan(20_000 + 2 * node);
  }

  @Test
  void anIdleChannelTakesNoMemory() throws Exception {
    AGBrokerEngine engine = engine();
    HistoryBounds second = new HistoryBounds(100, Duration.ofSeconds(1), 1 << 20);
    publish(engine, "x", HUNDRED);
    assertThat(Long.parseLong(redis("MEMORY", "USAGE", stream())))
        .as("a node, for one small entry")
        .isGreaterThan(1_000);
    publish(engine, "x", second);
    eventually(() -> assertThat(redis("EXISTS", stream())).isEqualTo("0"));
    assertThat(Long.parseLong(redis("PTTL", stream() + "-state"))).isPositive();
    assertThat(Long.parseLong(redis("MEMORY", "USAGE", stream() + "-state"))).isLessThan(400);
  }

  @Test
  void aChannelThatIsOnlyReadTakesMemoryForMinutes() throws Exception {
    AGBrokerEngine engine = engine();
    String epoch = read(engine, HistoryStart.newest(0), HUNDRED).epoch();
    assertThat(stateLivesMillis()).isBetween(1L, Duration.ofMinutes(5).toMillis());
    assertThat(read(engine, HistoryStart.newest(0), HUNDRED).epoch()).isEqualTo(epoch);

    publish(engine, "x", HUNDRED);
    assertThat(stateLivesMillis()).isGreaterThan(HUNDRED.age().toMillis());
    assertThat(read(engine, HistoryStart.after(epoch, 0), HUNDRED).messages()).hasSize(1);
    assertThat(stateLivesMillis()).isGreaterThan(HUNDRED.age().toMillis());
  }

  private long stateLivesMillis() throws IOException {
    return Long.parseLong(redis("PTTL", stream() + "-state"));
  }

  @Test
  void aStreamThatWasDeletedOrEvictedHasLostItsMessagesAndGoesOn() throws Exception {
    AGBrokerEngine engine = engine();
    PositionRecorder recorder = subscribed(engine, CHANNEL);
    publish(engine, "lost", HUNDRED);
    HistoryPosition first = recorder.lastPosition();
    publish(engine, "lost, too", HUNDRED);
    redis("DEL", stream());
    publish(engine, "new", HUNDRED);

    HistoryPage page = read(engine, HistoryStart.after(first.epoch(), first.offset()), HUNDRED);

    assertThat(page.epoch()).isEqualTo(first.epoch());
    assertThat(page.after()).as("trimmed").isEqualTo(first.offset() + 1);
    assertThat(json(page.messages())).containsExactly("\"new\"");
  }

  @Test
  void aHistoryThatWasDeletedAltogetherHasAnotherEpoch() throws Exception {
    AGBrokerEngine engine = engine();
    PositionRecorder recorder = subscribed(engine, CHANNEL);
    publish(engine, "lost", HUNDRED);
    HistoryPosition first = recorder.lastPosition();
    redis("DEL", stream() + "-state"); // as an eviction may do; the stream is still there
    publish(engine, "new", HUNDRED);

    HistoryPosition second = recorder.lastPosition();
    assertThat(second.offset()).as("ids begin anew").isEqualTo(first.offset());
    assertThat(second.epoch()).isNotEqualTo(first.epoch());
    assertThat(second.previous()).isZero();
    HistoryPage page = read(engine, HistoryStart.after(first.epoch(), first.offset()), HUNDRED);
    assertThat(json(page.messages())).containsExactly("\"new\"");
  }

  @Test
  void aServerThatWasRestartedMayHaveLostMessagesAndSaysSo() {
    BrokerProcess broker = closing(startBroker());
    AGBrokerEngine engine = engine(broker);
    publishNumbers(engine, 3, HUNDRED);
    HistoryPage before = read(engine, HistoryStart.newest(2), HUNDRED);
    broker.kill();
    eventually(() -> assertThat(engine.isReady()).isFalse());
    broker.restart();
    publish(ready(engine), "after", HUNDRED);

    HistoryPage page = read(engine, HistoryStart.after(before.epoch(), before.after()), HUNDRED);
    assertThat(json(page.messages())).containsExactly("2", "3", "gap", "\"after\"");
    long lost = before.lastOffset() + 1; // of a message that the server acknowledged and forgot
    HistoryPage ofLost = read(engine, HistoryStart.after(before.epoch(), lost), HUNDRED);
    assertThat(json(ofLost.messages())).containsExactly("gap", "\"after\"");
  }

  @Test
  void theNewestMessagesAreFoundBehindTheJumpsOfRestarts() throws Exception {
    AGBrokerEngine engine = engine();
    publishNumbers(engine, 3, HUNDRED);
    for (int restart = 1; restart <= 2; restart++) {
      redis("HSET", stream() + "-state", "run", "another");
      publish(engine, "after " + restart, HUNDRED);
    }
    List<String> all = List.of("1", "2", "3", "gap", "\"after 1\"", "gap", "\"after 2\"");
    for (int wanted = 0; wanted <= 8; wanted++) {
      HistoryPage page = read(engine, HistoryStart.newest(wanted), HUNDRED);
      assertThat(json(page.messages()))
          .isEqualTo(all.subList(Math.max(0, all.size() - wanted), all.size()));
    }
  }

  @Test
  void toFindTheNewestMessagesNoOtherIsRead() throws Exception {
    AGBrokerEngine engine = engine();
    HistoryBounds many = new HistoryBounds(2_000, Duration.ofHours(1), 1 << 24);
    publishNumbers(engine, 1_000, many);
    redis("CONFIG", "RESETSTAT");
    HistoryRequest some =
        new HistoryRequest(CHANNEL, HistoryStart.newest(900), many, HistoryBounds.OVERHEAD);
    HistoryPage page = get(histories(engine).read(some));
    assertThat(json(page.messages())).containsExactly("101");
    assertThat(redis("INFO", "commandstats")).doesNotContain("xrevrange");
  }

  @Test
  void aFullServerRefusesThePublishAndNobodyReceivesIt() throws Exception {
    BrokerProcess broker = closing(startBroker());
    AGBrokerEngine engine = engine(broker);
    PositionRecorder recorder = subscribed(engine, CHANNEL);
    publish(engine, "kept", HUNDRED);
    command(broker, "CONFIG", "SET", "maxmemory", "1");

    assertThatThrownBy(() -> publish(engine, "refused", HUNDRED))
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining("OOM");
    command(broker, "CONFIG", "SET", "maxmemory", "0");
    publish(engine, "kept, too", HUNDRED);

    assertThat(recorder.received().stream().map(PositionRecorder.Received::json))
        .containsExactly("\"kept\"", "\"kept, too\"");
    assertThat(recorder.lastPosition().previous())
        .isEqualTo(recorder.positions().getFirst().offset());
  }

  @Test
  void scriptsThatTheServerForgotAreLoadedAgain() throws Exception {
    AGBrokerEngine engine = engine();
    publish(engine, "a", HUNDRED);
    redis("SCRIPT", "FLUSH");
    assertThatThrownBy(() -> publish(engine, "b", HUNDRED)).hasMessageContaining("NOSCRIPT");
    publish(engine, "c", HUNDRED);
    assertThat(engine.isReady()).isTrue();
  }
}
