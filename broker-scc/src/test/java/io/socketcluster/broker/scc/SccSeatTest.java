// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.cluster.ClusterBroker;
import io.socketcluster.broker.scc.mapping.ChannelMapper;
import io.socketcluster.broker.testkit.Recorder;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A seat in a cluster whose brokers are servers of this library. */
@Timeout(120)
class SccSeatTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Cluster cluster = closing(Cluster.start());

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

  private AGBrokerEngine closing(AGBrokerEngine engine) {
    opened.add(() -> done(engine.close()));
    return engine;
  }

  private JavaBroker broker() {
    return closing(JavaBroker.start(cluster));
  }

  private AGBrokerEngine engine() {
    return closing(cluster.engine());
  }

  private static void ready(AGBrokerEngine... engines) {
    for (AGBrokerEngine engine : engines) {
      await().atMost(PATIENCE).until(engine::isReady);
    }
  }

  private static <T> T done(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static <T> T next(StreamConsumer<T> consumer) throws Exception {
    return ((Value<T>) consumer.next()).value();
  }

  private static List<String> channels(int count) {
    return IntStream.range(0, count).mapToObj(i -> "channel-" + i).toList();
  }

  private static List<Recorder> recorders(AGBrokerEngine engine, List<String> channels)
      throws Exception {
    List<Recorder> recorders = new ArrayList<>();
    for (String channel : channels) {
      Recorder recorder = new Recorder();
      done(engine.subscribe(recorder, channel));
      recorders.add(recorder);
    }
    return recorders;
  }

  @Test
  void engineAndNodeWorkersShareTheEnvelope() throws Exception {
    JavaBroker broker = broker();
    AGBrokerEngine engine = engine();
    ready(engine);
    Recorder recorder = recorders(engine, List.of("room")).getFirst();
    StreamConsumer<Payload> atBroker =
        broker.server().exchange().subscribe("room", Payload.class).createConsumer(PATIENCE);
    await().atMost(PATIENCE).until(() -> broker.server().exchange().isSubscribed("room"));

    done(engine.invokePublish("room", Payload.of("ours")));
    String envelope = next(atBroker).toString();
    String sender = envelope.substring(envelope.indexOf(':') + 2, envelope.indexOf("\",\""));
    assertThat(envelope).isEqualTo("{\"sender\":\"%s\",\"messages\":[\"ours\"]}", sender);

    List<String> envelopes =
        List.of(
            "{\"sender\":null,\"messages\":[1,null]}",
            "[]",
            "{\"sender\":\"" + sender + "\",\"messages\":[2]}",
            "{\"sender\":\"other\",\"messages\":[3]}");
    for (String each : envelopes) {
      done(broker.server().exchange().invokePublish("room", json(each)));
    }

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(recorder.json()).containsExactly("\"ours\"", "1", "null", "3"));
    assertThat(((ClusterBroker) engine).foreignMessages()).isEqualTo(1);
  }

  private static Payload json(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Payload.ofJson(bytes, 0, bytes.length);
  }

  /** Returns the first error, which names the setting that has to be changed. */
  private Throwable firstError(SccBroker seat) throws Exception {
    AGBrokerEngine engine = closing(seat.build());
    StreamConsumer<BrokerEvent.Failure> errors =
        engine.listener(BrokerEvent.ERROR).createConsumer(PATIENCE);
    Throwable error = next(errors).error();
    assertThat(engine.isReady()).isFalse();
    assertThat(error).isInstanceOf(BrokerError.class);
    return error;
  }

  @Test
  void aWrongKeyIsAnErrorThatNamesTheSettingAndNotTheKey() throws Exception {
    assertThat(firstError(cluster.seat().authKey("wr0ng")))
        .hasMessageContaining("refuses the authKey")
        .hasMessageContaining(cluster.url())
        .hasMessageNotContaining("wr0ng");
    assertThat(firstError(cluster.seat().authKey(null)))
        .hasMessageContaining("refuses the authKey, which is not set");
  }

  @Test
  void aWrongVersionIsAnErrorThatNamesTheSetting() throws Exception {
    assertThat(firstError(cluster.seat().version("8.2.0")))
        .hasMessageContaining("refuses the version 8.2.0")
        .hasMessageContaining("[9, 10]");
  }

  @Test
  void aStateServerThatCannotBeReachedIsAnErrorThatNamesIt() throws Exception {
    assertThat(firstError(SccBroker.at("scc://127.0.0.1:1")))
        .hasMessageContaining("Cannot connect to the state server scc://127.0.0.1:1: ")
        .hasMessageContaining("refused");
  }

  @Test
  void theBrokersStayInUseWhileTheStateServerIsAway() throws Exception {
    broker();
    AGBrokerEngine here = engine();
    AGBrokerEngine there = engine();
    ready(here, there);
    Recorder recorder = recorders(there, List.of("room")).getFirst();

    cluster.stop();
    done(here.invokePublish("room", Payload.of(1)));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(recorder.json()).containsExactly("1"));
    assertThat(here.isReady()).isTrue();

    cluster.startAgain();
    JavaBroker second = broker();
    await().atMost(PATIENCE).until(() -> cluster.state().workers().size() == 2);
    await().atMost(PATIENCE).until(() -> cluster.state().brokers().size() == 2);
    List<String> channels = channels(50);
    recorders(here, channels);
    await()
        .atMost(PATIENCE)
        .until(() -> cluster.log().stream().anyMatch(each -> each.endsWith(second.uri())));
  }

  @Test
  void withoutABrokerPublishesFailAndTheMachineServesItself() throws Exception {
    AGBrokerEngine engine = engine();
    Recorder recorder = recorders(engine, List.of("room")).getFirst();
    await().atMost(PATIENCE).until(() -> cluster.state().workers().size() == 1);

    assertThatThrownBy(() -> done(engine.invokePublish("room", Payload.of(1))))
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining("no broker");

    assertThat(recorder.json()).containsExactly("1");
    assertThat(engine.isReady()).isFalse();
  }

  @Test
  void aChannelThatMovesIsSubscribedAtItsNewBrokerBeforeItLeavesTheOldOne() throws Exception {
    JavaBroker old = broker();
    AGBrokerEngine here = engine();
    AGBrokerEngine there = engine();
    ready(here, there);
    List<String> channels = channels(100);
    List<Recorder> recorders = recorders(here, channels);
    StreamConsumer<BrokerEvent.Gap> gaps = here.listener(BrokerEvent.GAP).createConsumer(PATIENCE);

    JavaBroker joined = broker();
    List<String> moved = mappedTo(joined.uri(), channels, List.of(old.uri(), joined.uri()));

    assertThat(moved).hasSizeBetween(1, 99);
    List<String> left = moved.stream().map(each -> "-" + each + old.uri()).toList();
    await().atMost(PATIENCE).until(() -> cluster.log().containsAll(left));
    for (String channel : moved) {
      assertThat(cluster.log())
          .containsSubsequence("+" + channel + joined.uri(), "-" + channel + old.uri());
    }
    BrokerEvent.Gap gap = next(gaps);
    assertThat(gap.reason()).contains("moved");
    assertThat(gap.until()).isAfterOrEqualTo(gap.since());
    assertThat(here.isReady()).isTrue();
    for (String channel : channels) {
      done(there.invokePublish(channel, Payload.of(channel)));
    }
    List<List<String>> expected =
        channels.stream().map(each -> List.of("\"" + each + "\"")).toList();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(recorders.stream().map(Recorder::json).toList()).isEqualTo(expected));
  }

  private static List<String> mappedTo(String broker, List<String> channels, List<String> brokers) {
    ChannelMapper mapper = SccMapping.SKELETON_RENDEZVOUS.mapper(brokers);
    return channels.stream().filter(each -> broker.equals(mapper.brokerOf(each))).toList();
  }

  @Test
  void nothingIsDoubledOrOutOfOrderWhileBrokersComeAndGoAndALossIsInAGap() throws Exception {
    broker();
    AGBrokerEngine here = engine();
    AGBrokerEngine there = engine();
    ready(here, there);
    List<String> channels = channels(20);
    List<Recorder> recorders = recorders(there, channels);
    AtomicInteger gaps = new AtomicInteger();
    there.listener(BrokerEvent.GAP).consume(gap -> gaps.incrementAndGet());
    int published = publish(here, channels, 0);

    JavaBroker second = broker();
    while (cluster.state().brokers().size() < 2 || gaps.get() == 0) {
      published = publish(here, channels, published);
    }
    second.leave();
    while (cluster.state().brokers().size() > 1 || gaps.get() == 1) {
      published = publish(here, channels, published);
    }
    published = publish(here, channels, published);

    int last = published - 1;
    for (Recorder recorder : recorders) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(recorder.json()).contains(Integer.toString(last)));
      List<Integer> numbers = recorder.json().stream().map(Integer::valueOf).toList();
      assertThat(numbers).doesNotHaveDuplicates().isSorted();
    }
  }

  /** Publishes ten messages to each channel, counted from a number on; returns the next number. */
  private static int publish(AGBrokerEngine engine, List<String> channels, int from)
      throws Exception {
    List<CompletableFuture<Void>> published = new ArrayList<>();
    for (int i = from; i < from + 10; i++) {
      for (String channel : channels) {
        published.add(engine.invokePublish(channel, Payload.of(i)));
      }
    }
    for (CompletableFuture<Void> each : published) {
      done(each);
    }
    return from + 10;
  }
}
