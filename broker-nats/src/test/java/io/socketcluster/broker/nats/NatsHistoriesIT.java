// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats;

import static io.socketcluster.broker.nats.NatsServers.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
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
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories in NATS JetStream, and what JetStream does that a good guess would not expect. */
class NatsHistoriesIT extends ChannelHistoriesContract {
  private static final ClusterOptions OFTEN =
      ClusterOptions.DEFAULT.withMaxReconnectDelay(Duration.ofMillis(200));
  private static final HistoryBounds FEW = new HistoryBounds(3, Duration.ofHours(1), 1 << 20);

  @Override
  protected BrokerProcess startBroker() {
    return NatsServers.start("-js", "-sd", "jetstream");
  }

  @Override
  protected AGBrokerEngine createEngine(BrokerProcess broker, String cluster, Duration timeout) {
    return NatsBroker.at(url(broker)).prefix(cluster).limits(OFTEN.withTimeout(timeout)).build();
  }

  private JetStreamManagement streams() throws Exception {
    Connection connection = closing(Nats.connect(url(sharedBroker())));
    return connection.jetStreamManagement();
  }

  /** Returns the stream of the histories of this test. */
  private String stream(JetStreamManagement streams) throws Exception {
    List<String> names = streams.getStreamNames(cluster() + ".keep.>");
    assertThat(names).hasSize(1);
    return names.getFirst();
  }

  private static void publishTo(AGBrokerEngine engine, String channel, int count) {
    List<CompletableFuture<Void>> published =
        IntStream.range(0, count)
            .mapToObj(i -> histories(engine).publish(channel, Payload.of(i), FEW))
            .toList();
    published.forEach(ChannelHistoriesContract::get);
  }

  private static HistoryPage readOf(AGBrokerEngine engine, String channel, HistoryStart start) {
    return get(histories(engine).read(new HistoryRequest(channel, start, FEW, Integer.MAX_VALUE)));
  }

  @Test
  void channelsWithTheSameBoundsShareAStreamOnTheDisk() throws Exception {
    AGBrokerEngine engine = engine();
    for (int i = 0; i < 20; i++) {
      publishTo(engine, "room/" + i, 1);
    }
    JetStreamManagement streams = streams();
    StreamConfiguration config = streams.getStreamInfo(stream(streams)).getConfiguration();
    assertThat(config.getStorageType()).isEqualTo(StorageType.File);
    assertThat(config.getMaxMsgsPerSubject()).isEqualTo(FEW.size());
  }

  @Test
  void aStreamNeverHasMoreMessagesOfAChannelThanAllowed() throws Exception {
    AGBrokerEngine engine = engine();
    publishNumbers(engine, 20, FEW);
    JetStreamManagement streams = streams();
    assertThat(streams.getStreamInfo(stream(streams)).getStreamState().getMsgCount()).isEqualTo(3);
  }

  @Test
  void anIdleChannelHasLostNothingThoughAllOlderMessagesOfOthersAreGone() {
    AGBrokerEngine engine = engine();
    publishTo(engine, "busy", 3);
    HistoryPage start = readOf(engine, "idle", HistoryStart.newest(5));
    assertThat(start.messages()).isEmpty();
    publishTo(engine, "busy", 20);
    HistoryStart known = HistoryStart.after(start.epoch(), start.lastOffset());
    assertThat(readOf(engine, "idle", known).after()).isEqualTo(start.lastOffset());

    publishTo(engine, "idle", 2);
    HistoryPage two = readOf(engine, "idle", known);
    assertThat(json(two.messages())).containsExactly("0", "1");
    assertThat(two.after()).as("complete").isEqualTo(start.lastOffset());

    publishTo(engine, "idle", 3);
    HistoryPage three = readOf(engine, "idle", known);
    assertThat(json(three.messages())).containsExactly("0", "1", "2");
    assertThat(three.after()).as("two are gone").isGreaterThan(start.lastOffset());
  }

  @Test
  void serversAgreeHowFarAnIdleChannelIs() {
    AGBrokerEngine here = engine();
    AGBrokerEngine there = engine();
    HistoryPage first = readOf(here, "idle", HistoryStart.newest(0));
    HistoryPage second = readOf(there, "idle", HistoryStart.newest(0));
    HistoryPage again = readOf(here, "idle", HistoryStart.after(first.epoch(), first.lastOffset()));
    assertThat(again.after()).as("nothing is missing").isEqualTo(first.lastOffset());
    assertThat(again.isLast()).isTrue();
    assertThat(again.through())
        .as("a client of the other server is not ahead")
        .isGreaterThanOrEqualTo(second.lastOffset());
  }

  @Test
  void aNumberThatTheStreamHasNotGivenYetIsNoPosition() {
    AGBrokerEngine engine = engine();
    publishNumbers(engine, 3, HUNDRED);
    HistoryPage end = read(engine, HistoryStart.newest(0), HUNDRED);
    HistoryPage page = read(engine, HistoryStart.after(end.epoch(), 1_000), HUNDRED);
    assertThat(json(page.messages())).containsExactly("1", "2", "3");
    assertThat(page.after()).isNotEqualTo(1_000);
  }

  @Test
  void aStreamThatWasMadeAnewHasAnotherEpoch() throws Exception {
    AGBrokerEngine engine = engine();
    PositionRecorder recorder = subscribed(engine, CHANNEL);
    publishNumbers(engine, 3, HUNDRED);
    HistoryPosition before = recorder.lastPosition();
    JetStreamManagement streams = streams();
    streams.deleteStream(stream(streams));

    assertThatThrownBy(() -> publish(engine, "lost", HUNDRED))
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining("stream not found");
    publishNumbers(engine, 4, HUNDRED);

    assertThat(recorder.lastPosition().epoch()).isNotEqualTo(before.epoch());
    HistoryPage page = read(engine, HistoryStart.after(before.epoch(), before.offset()), HUNDRED);
    assertThat(json(page.messages())).containsExactly("1", "2", "3", "4");
    assertThat(page.epoch()).isEqualTo(recorder.lastPosition().epoch());
  }

  @Test
  void anotherServerNoticesThatTheStreamWasMadeAnew() throws Exception {
    AGBrokerEngine here = engine();
    AGBrokerEngine there = engine();
    publish(here, "old", HUNDRED);
    publish(there, "old", HUNDRED);
    JetStreamManagement streams = streams();
    streams.deleteStream(stream(streams));
    assertThatThrownBy(() -> publish(here, "lost", HUNDRED)).hasCauseInstanceOf(BrokerError.class);
    publish(here, "new", HUNDRED);

    assertThatThrownBy(() -> publish(there, "lost, too", HUNDRED))
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining("expected stream does not match");
    publish(there, "new, too", HUNDRED);
    assertThat(json(read(there, HistoryStart.newest(9), HUNDRED).messages()))
        .containsExactly("\"new\"", "\"new, too\"");
  }

  @Test
  void aStreamWithOtherBoundsIsAnErrorThatNamesThem() throws Exception {
    publish(engine(), "kept", HUNDRED);
    JetStreamManagement streams = streams();
    StreamConfiguration config = streams.getStreamInfo(stream(streams)).getConfiguration();
    streams.updateStream(StreamConfiguration.builder(config).maxMessagesPerSubject(5).build());

    AGBrokerEngine other = engine();
    String expected = "max_msgs_per_subject is 5; needed: 100";
    assertThatThrownBy(() -> publish(other, "refused", HUNDRED))
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining(config.getName())
        .hasMessageContaining(expected);
    assertThatThrownBy(() -> read(other, HistoryStart.newest(1), HUNDRED))
        .hasMessageContaining(expected);
    streams.updateStream(config);
    publish(other, "kept, too", HUNDRED);
  }

  @Test
  void anOperatorMayChangeTheStreamOfTheRuns() throws Exception {
    publish(engine(), "kept", HUNDRED);
    JetStreamManagement streams = streams();
    StreamConfiguration config = streams.getStreamInfo(cluster() + "_runs").getConfiguration();
    streams.updateStream(StreamConfiguration.builder(config).maxBytes(1 << 20).build());
    publish(engine(), "kept, too", HUNDRED);
  }

  @Test
  void aServerWithoutJetStreamIsAnErrorThatNamesTheSetting() {
    BrokerProcess broker = closing(NatsServers.start());
    AGBrokerEngine engine = engine(broker);
    assertThatThrownBy(() -> publish(engine, "refused", HUNDRED))
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining("start nats-server with -js");
    assertThatThrownBy(() -> read(engine, HistoryStart.newest(1), HUNDRED))
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining("start nats-server with -js");
    assertThat(engine.isReady()).isTrue();
  }

  @Test
  void aFullServerRefusesThePublishAndNobodyReceivesIt(@TempDir Path folder) throws Exception {
    Path config = folder.resolve("nats.conf");
    Files.writeString(config, "jetstream {max_file_store: 100KB, store_dir: jetstream}");
    BrokerProcess broker = closing(NatsServers.start("-c", config.toString()));
    AGBrokerEngine engine = engine(broker);
    PositionRecorder recorder = subscribed(engine, CHANNEL);
    publish(engine, "x".repeat(200_000), HUNDRED); // JetStream looks at what it had before

    assertThatThrownBy(() -> publish(engine, "refused", HUNDRED))
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining("JetStream refuses: ");
    assertThat(recorder.received()).hasSize(1);
    assertThat(read(engine, HistoryStart.newest(9), HUNDRED).messages()).hasSize(1);
  }

  @Test
  void aRestartOfTheServerIsAGapInItsPlace() {
    BrokerProcess broker = closing(startBroker());
    AGBrokerEngine engine = engine(broker);
    PositionRecorder recorder = subscribed(engine, CHANNEL);
    publishNumbers(engine, 3, HUNDRED);
    HistoryPosition before = recorder.lastPosition();
    restart(broker, engine);
    HistoryStart start = HistoryStart.after(before.epoch(), before.offset());
    assertThat(json(read(engine, start, HUNDRED).messages())).containsExactly("gap");
    publish(engine, "after", HUNDRED);

    HistoryPage page = read(engine, HistoryStart.after(before.epoch(), before.previous()), HUNDRED);
    assertThat(json(page.messages())).containsExactly("3", "gap", "\"after\"");
    assertThat(recorder.lastPosition().previous()).isEqualTo(page.messages().get(1).offset());
    HistoryStart atGap = HistoryStart.after(page.epoch(), page.messages().get(1).offset());
    assertThat(json(read(engine, atGap, HUNDRED).messages())).containsExactly("\"after\"");
  }

  private static void restart(BrokerProcess broker, AGBrokerEngine engine) {
    broker.kill();
    eventually(() -> assertThat(engine.isReady()).isFalse());
    broker.restart();
    ready(engine);
  }

  @Test
  void aServerThatHasForgottenWhatItAcknowledgedSaysSo(@TempDir Path folder) throws Exception {
    Path disk = folder.resolve("disk");
    BrokerProcess broker = closing(NatsServers.start("-js", "-sd", disk.toString()));
    AGBrokerEngine engine = engine(broker);
    PositionRecorder recorder = subscribed(engine, CHANNEL);
    publishNumbers(engine, 3, HUNDRED);
    broker.kill();
    eventually(() -> assertThat(engine.isReady()).isFalse());
    Path older = folder.resolve("older");
    copy(disk, older);
    broker.restart();
    publish(ready(engine), "forgotten", HUNDRED);
    HistoryPosition forgotten = recorder.lastPosition();

    broker.kill();
    eventually(() -> assertThat(engine.isReady()).isFalse());
    Files.move(disk, folder.resolve("lost"));
    Files.move(older, disk);
    broker.restart();
    publish(ready(engine), "after", HUNDRED);

    HistoryPage page =
        read(engine, HistoryStart.after(forgotten.epoch(), forgotten.offset()), HUNDRED);
    assertThat(page.epoch()).isEqualTo(forgotten.epoch());
    assertThat(json(page.messages())).containsExactly("gap", "\"after\"");
    assertThat(recorder.lastPosition().offset()).isGreaterThan(forgotten.offset());
    assertThat(recorder.lastPosition().previous()).isGreaterThan(forgotten.offset());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path each : files.toList()) {
        Files.copy(each, to.resolve(from.relativize(each)));
      }
    }
  }

  @Test
  void aUserWhoMayNotAskJetStreamIsToldSo(@TempDir Path folder) throws Exception {
    Path config = folder.resolve("nats.conf");
    Files.writeString(
        config,
        """
        jetstream {store_dir: jetstream}
        authorization {users = [{user: us, password: secret, permissions: {
          publish: {deny: "$JS.API.>"}}}]}
        """);
    BrokerProcess broker = closing(NatsServers.start("-c", config.toString()));
    String login = url(broker).replace("//", "//us:secret@");
    ClusterOptions soon = OFTEN.withTimeout(Duration.ofSeconds(2));
    AGBrokerEngine engine = NatsBroker.at(login).limits(soon).build();
    closing(() -> get(engine.close()));
    eventually( // a slow machine may lose the connection meanwhile
        () ->
            assertThatThrownBy(() -> read(engine, HistoryStart.newest(1), HUNDRED))
                .hasCauseInstanceOf(BrokerError.class)
                .hasMessageContaining("$JS.API.>"));
  }
}
