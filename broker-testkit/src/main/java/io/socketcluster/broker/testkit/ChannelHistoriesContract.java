// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.history.ChannelHistories;
import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryPosition;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.broker.history.HistoryStart;
import io.socketcluster.broker.history.KeptMessage;
import io.socketcluster.broker.testkit.PositionRecorder.Received;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * The rules of {@link ChannelHistories} as JUnit tests, with a broker in a process of its own. An
 * author of an engine extends this class.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ChannelHistoriesContract {
  /** The channel of the tests. */
  protected static final String CHANNEL = "room/7";

  /** A hundred messages for an hour. */
  protected static final HistoryBounds HUNDRED =
      new HistoryBounds(100, Duration.ofHours(1), 1 << 20);

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final int PAGE = 1_000;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private String cluster = "";
  private BrokerProcess shared;

  /** For those who extend it. */
  @SuppressWarnings("NullAway") // started before the first test
  protected ChannelHistoriesContract() {}

  /** Starts a broker that keeps its histories when it is restarted. */
  protected abstract BrokerProcess startBroker();

  /**
   * Creates an engine that tries to connect again often.
   *
   * @param cluster engines with the same name have the same histories, engines with other names
   *     have others
   * @param timeout how long the engine waits for an answer of the broker
   */
  protected abstract AGBrokerEngine createEngine(
      BrokerProcess broker, String cluster, Duration timeout);

  @BeforeAll
  final void startShared() {
    shared = startBroker();
  }

  @AfterAll
  final void stopShared() {
    shared.close();
  }

  /** Closes what a test has opened. */
  @AfterEach
  final void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    opened.clear();
    cluster = "";
  }

  /** Closes something after the test, before what was opened earlier. */
  protected final <T extends AutoCloseable> T closing(T resource) {
    opened.add(resource);
    return resource;
  }

  /** Returns the broker of the tests that do it no harm. */
  protected final BrokerProcess sharedBroker() {
    return shared;
  }

  /** Returns a new engine at the broker that all tests share, with the histories of this test. */
  protected final AGBrokerEngine engine() {
    return engine(shared);
  }

  /** Returns a new engine with the histories of this test. */
  protected final AGBrokerEngine engine(BrokerProcess broker) {
    return engine(broker, PATIENCE);
  }

  private AGBrokerEngine engine(BrokerProcess broker, Duration timeout) {
    if (cluster.isEmpty()) {
      cluster = "t" + UUID.randomUUID().toString().substring(0, 8);
    }
    AGBrokerEngine engine = createEngine(broker, cluster, timeout);
    opened.add(() -> engine.close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    return ready(engine);
  }

  /** Returns what all names of this test begin with. */
  protected final String cluster() {
    return cluster;
  }

  /** Waits until an engine is ready. */
  protected static AGBrokerEngine ready(AGBrokerEngine engine) {
    await("isReady()").atMost(PATIENCE).until(engine::isReady);
    return engine;
  }

  /** Waits until an assertion holds. */
  protected static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }

  /** Returns the histories of an engine. */
  protected static ChannelHistories histories(AGBrokerEngine engine) {
    return Objects.requireNonNull(engine.histories(), "histories");
  }

  /** Subscribes a new recorder. */
  protected static PositionRecorder subscribed(AGBrokerEngine engine, String channel) {
    PositionRecorder recorder = new PositionRecorder();
    get(engine.subscribe(recorder, channel));
    return recorder;
  }

  /** Publishes and waits until it is kept. */
  protected static void publish(AGBrokerEngine engine, Object data, HistoryBounds bounds) {
    get(histories(engine).publish(CHANNEL, Payload.of(data), bounds));
  }

  /** Publishes so many numbers from 1. */
  protected static void publishNumbers(AGBrokerEngine engine, int count, HistoryBounds bounds) {
    List<CompletableFuture<Void>> published =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> histories(engine).publish(CHANNEL, Payload.of(i), bounds))
            .toList();
    published.forEach(ChannelHistoriesContract::get);
  }

  /** Waits for a future. */
  protected static <T> T get(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Reads one page. */
  protected static HistoryPage read(
      AGBrokerEngine engine, HistoryStart start, HistoryBounds bounds) {
    return get(
        histories(engine).read(new HistoryRequest(CHANNEL, start, bounds, Integer.MAX_VALUE)));
  }

  /** Returns the JSON of the messages of a page, "gap" for a gap. */
  protected static List<String> json(List<KeptMessage> messages) {
    return messages.stream()
        .map(each -> each.isGap() ? "gap" : String.valueOf(each.data()))
        .toList();
  }

  private static List<String> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
  }

  @Test
  final void allMachinesReceiveTheOneOrderOfTheHistory() {
    AGBrokerEngine here = engine();
    AGBrokerEngine there = engine();
    PositionRecorder first = subscribed(here, CHANNEL);
    PositionRecorder second = subscribed(there, CHANNEL);
    HistoryBounds bounds = new HistoryBounds(1_000, Duration.ofHours(1), 1 << 20);

    CompletableFuture<Void> other =
        CompletableFuture.runAsync(() -> publishNumbers(there, 200, bounds));
    publishNumbers(here, 200, bounds);
    get(other);

    eventually(() -> assertThat(second.received()).hasSize(400));
    eventually(() -> assertThat(first.received()).isEqualTo(second.received()));
    List<HistoryPosition> positions = first.positions();
    for (int i = 1; i < positions.size(); i++) {
      assertThat(positions.get(i).previous()).isEqualTo(positions.get(i - 1).offset());
      assertThat(positions.get(i).offset()).isGreaterThan(positions.get(i).previous());
    }
    List<KeptMessage> kept =
        read(here, HistoryStart.after(positions.getFirst().epoch(), 0), bounds).messages();
    assertThat(json(kept)).isEqualTo(first.received().stream().map(Received::json).toList());
  }

  @Test
  final void aPublisherHasItsMessageBeforeTheAnswer() {
    AGBrokerEngine engine = engine();
    PositionRecorder recorder = subscribed(engine, CHANNEL);
    for (int i = 1; i <= 20; i++) {
      publish(engine, i, HUNDRED);
      assertThat(recorder.received()).hasSize(i);
    }
  }

  @Test
  final void aPositionContinuesWhenAllMachinesWereRestarted() {
    AGBrokerEngine first = engine();
    PositionRecorder recorder = subscribed(first, CHANNEL);
    publishNumbers(first, 3, HUNDRED);
    HistoryPosition position = recorder.lastPosition();
    publish(first, "missed", HUNDRED);
    get(first.close());

    AGBrokerEngine second = engine();
    publish(second, "missed, too", HUNDRED);
    HistoryPage page =
        read(second, HistoryStart.after(position.epoch(), position.offset()), HUNDRED);

    assertThat(json(page.messages())).containsExactly("\"missed\"", "\"missed, too\"");
    assertThat(page.after()).isEqualTo(position.offset());
    assertThat(page.epoch()).isEqualTo(position.epoch());
    assertThat(page.isLast()).isTrue();
  }

  @Test
  final void aLongHistoryIsReadInPagesWithoutAHole() {
    AGBrokerEngine engine = engine();
    HistoryBounds bounds = new HistoryBounds(500, Duration.ofHours(1), 1 << 20);
    HistoryPage end = read(engine, HistoryStart.newest(0), bounds);
    publishNumbers(engine, 300, bounds);

    List<KeptMessage> all = new ArrayList<>();
    HistoryPage page = page(engine, end.epoch(), end.lastOffset(), bounds);
    while (!page.isLast()) {
      all.addAll(page.messages());
      assertThat(page.messages()).hasSizeBetween(1, PAGE / HistoryBounds.OVERHEAD);
      page = page(engine, page.epoch(), page.through(), bounds);
    }
    all.addAll(page.messages());

    assertThat(json(all)).isEqualTo(numbers(1, 300));
  }

  private static HistoryPage page(
      AGBrokerEngine engine, String epoch, long offset, HistoryBounds bounds) {
    HistoryStart start = HistoryStart.after(epoch, offset);
    return get(histories(engine).read(new HistoryRequest(CHANNEL, start, bounds, PAGE)));
  }

  @Test
  final void noMoreMessagesAreKeptThanAllowedAndTheLossShows() {
    AGBrokerEngine engine = engine();
    HistoryPage start = read(engine, HistoryStart.newest(0), HUNDRED);
    publishNumbers(engine, 250, HUNDRED);

    HistoryPage page = read(engine, HistoryStart.after(start.epoch(), start.lastOffset()), HUNDRED);

    assertThat(json(page.messages())).isEqualTo(numbers(151, 250));
    assertThat(page.after()).isGreaterThan(start.lastOffset());
    HistoryPage known = read(engine, HistoryStart.after(page.epoch(), page.after()), HUNDRED);
    assertThat(known.after()).as("this position has lost nothing").isEqualTo(page.after());
  }

  @Test
  final void noMoreBytesAreKeptThanAllowed() {
    AGBrokerEngine engine = engine();
    HistoryBounds bounds = new HistoryBounds(1_000, Duration.ofHours(1), 10_000);
    HistoryPage start = read(engine, HistoryStart.newest(0), bounds);
    for (int i = 0; i < 30; i++) {
      publish(engine, "x".repeat(998), bounds); // 1,000 bytes of JSON
    }

    HistoryPage page = read(engine, HistoryStart.after(start.epoch(), start.lastOffset()), bounds);

    assertThat(page.messages()).hasSize(10_000 / (1_000 + HistoryBounds.OVERHEAD));
    assertThat(page.after()).isGreaterThan(start.lastOffset());
  }

  @Test
  final void oldMessagesAreNotKept() {
    AGBrokerEngine engine = engine();
    HistoryBounds bounds = new HistoryBounds(100, Duration.ofSeconds(1), 1 << 20);
    HistoryPage start = read(engine, HistoryStart.newest(0), bounds);
    publishNumbers(engine, 3, bounds);
    HistoryStart beginning = HistoryStart.after(start.epoch(), start.lastOffset());

    eventually(
        () -> {
          HistoryPage page = read(engine, beginning, bounds);
          assertThat(page.messages()).isEmpty();
          assertThat(page.after()).isGreaterThan(start.lastOffset());
        });
    publish(engine, "new", HUNDRED);
    assertThat(json(read(engine, beginning, HUNDRED).messages())).containsExactly("\"new\"");
  }

  @Test
  final void aReaderWithoutAPositionBeginsWithTheNewestMessages() {
    AGBrokerEngine engine = engine();
    publishNumbers(engine, 10, HUNDRED);

    HistoryPage newest = read(engine, HistoryStart.newest(3), HUNDRED);
    assertThat(json(newest.messages())).isEqualTo(numbers(8, 10));
    assertThat(newest.messages().getFirst().offset()).isGreaterThan(newest.after());
    assertThat(read(engine, HistoryStart.newest(50), HUNDRED).messages()).hasSize(10);
    HistoryPage end = read(engine, HistoryStart.newest(0), HUNDRED);
    assertThat(end.messages()).isEmpty();
    assertThat(end.after()).isEqualTo(end.lastOffset()).isEqualTo(newest.lastOffset());
  }

  @Test
  final void anEpochThatIsUnknownReadsAllThatIsKept() {
    AGBrokerEngine engine = engine();
    publishNumbers(engine, 3, HUNDRED);

    HistoryPage page = read(engine, HistoryStart.after("other", 2), HUNDRED);

    assertThat(page.epoch()).isNotEqualTo("other");
    assertThat(json(page.messages())).isEqualTo(numbers(1, 3));
  }

  @Test
  final void namesAndDataArriveAsTheyAre() {
    AGBrokerEngine engine = engine();
    List.of("", " ", "a.b", "{a}b}", "*", ">", "ü💡", "\ud800", "a:history")
        .forEach(channel -> nameAndDataArrive(engine, channel));
  }

  private static void nameAndDataArrive(AGBrokerEngine engine, String channel) {
    PositionRecorder recorder = subscribed(engine, channel);
    PositionRecorder other = subscribed(engine, channel + "2");
    ChannelHistories histories = histories(engine);
    Payload odd = Payload.of(List.of("ü\"\\\n💡", 1.50, true));

    get(histories.publish(channel, null, HUNDRED));
    get(histories.publish(channel, Payload.ofJson("null".getBytes(UTF_8), 0, 4), HUNDRED));
    get(histories.publish(channel, odd, HUNDRED));

    List<String> expected = List.of("no data", "null", odd.toString());
    assertThat(recorder.received().stream().map(Received::json)).isEqualTo(expected);
    HistoryRequest request =
        new HistoryRequest(channel, HistoryStart.newest(10), HUNDRED, Integer.MAX_VALUE);
    List<KeptMessage> kept = get(histories.read(request)).messages();
    assertThat(kept.getFirst().data()).isNull();
    assertThat(json(kept).subList(1, 3)).isEqualTo(expected.subList(1, 3));
    assertThat(other.received()).isEmpty();
  }

  @Test
  final void messagesThatAreNotToBeKeptAreNot() {
    AGBrokerEngine engine = engine();
    PositionRecorder recorder = subscribed(engine, CHANNEL);
    get(engine.invokePublish(CHANNEL, Payload.of("x")));
    assertThat(recorder.received()).containsExactly(new Received(null, "\"x\""));
    assertThat(read(engine, HistoryStart.newest(10), HUNDRED).messages()).isEmpty();
  }

  @Test
  final void aBrokerThatCrashesFailsWhoAsksAndLosesNothingSilently() {
    BrokerProcess broker = closing(startBroker());
    AGBrokerEngine engine = engine(broker);
    PositionRecorder recorder = subscribed(engine, CHANNEL);
    publishNumbers(engine, 3, HUNDRED);
    HistoryPosition before = recorder.lastPosition();
    HistoryStart start = HistoryStart.after(before.epoch(), before.offset());

    broker.kill();
    assertThatThrownBy(() -> publish(engine, "lost", HUNDRED))
        .hasCauseInstanceOf(BrokerError.class);
    assertThatThrownBy(() -> read(engine, start, HUNDRED)).hasCauseInstanceOf(BrokerError.class);
    assertThat(recorder.received()).hasSize(3);
    eventually(() -> assertThat(engine.isReady()).isFalse());
    broker.restart();
    ready(engine);
    publish(engine, "after", HUNDRED);

    HistoryPage page = read(engine, start, HUNDRED);
    assertThat(json(page.messages())).endsWith("\"after\"").doesNotContain("\"lost\"");
    boolean isContinued = page.epoch().equals(before.epoch()) && page.after() == before.offset();
    assertThat(isContinued).as("it keeps its histories").isTrue();
    HistoryPosition after = recorder.lastPosition();
    assertThat(after.offset()).isEqualTo(page.lastOffset());
    assertThat(after.previous()).isGreaterThanOrEqualTo(before.offset());
  }

  @Test
  final void aBrokerThatHangsFailsWhoAsksInTime() {
    BrokerProcess broker = closing(startBroker());
    AGBrokerEngine engine = engine(broker, SHORT);
    subscribed(engine, CHANNEL);

    broker.suspend();
    CompletableFuture<HistoryPage> page =
        histories(engine).read(new HistoryRequest(CHANNEL, HistoryStart.newest(1), HUNDRED, PAGE));
    CompletableFuture<Void> published =
        histories(engine).publish(CHANNEL, Payload.of("unknown"), HUNDRED);
    assertThatThrownBy(() -> get(page)).hasCauseInstanceOf(BrokerError.class);
    assertThatThrownBy(() -> get(published)).hasCauseInstanceOf(BrokerError.class);
    broker.resume();

    AGBrokerEngine patient = engine(broker);
    publish(patient, "after", HUNDRED);
    ready(engine);
    assertThat(json(read(patient, HistoryStart.newest(1), HUNDRED).messages()))
        .containsExactly("\"after\"");
  }
}
