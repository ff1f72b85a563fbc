// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rules of an engine for many machines whose broker is away, crashes or hangs, as JUnit tests.
 * An author of an engine extends this class.
 */
@Timeout(120)
public abstract class BrokerFaultsContract {
  /** The channel of the tests. */
  protected static final String CHANNEL = "news";

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final List<AutoCloseable> opened = new ArrayList<>();

  /** For those who extend it. */
  protected BrokerFaultsContract() {}

  /** Starts a broker that nobody else uses. */
  protected abstract BrokerProcess startBroker();

  /** Creates an engine that takes a second at most for an answer, and tries again often. */
  protected abstract AGBrokerEngine createEngine(BrokerProcess broker);

  /** Closes what a test has opened. */
  @AfterEach
  final void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  /** Closes something after the test, before what was opened earlier. */
  protected final <T extends AutoCloseable> T closing(T resource) {
    opened.add(resource);
    return resource;
  }

  /** Closes an engine after the test. */
  protected final AGBrokerEngine closing(AGBrokerEngine engine) {
    opened.add(() -> engine.close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    return engine;
  }

  /** Starts a broker that ends with the test. */
  protected final BrokerProcess broker() {
    return closing(startBroker());
  }

  /** Returns a new engine that is ready. */
  protected final AGBrokerEngine ready(BrokerProcess broker) {
    return ready(closing(createEngine(broker)));
  }

  /** Waits until an engine is ready. */
  protected final AGBrokerEngine ready(AGBrokerEngine engine) {
    eventually(() -> assertThat(engine.isReady()).isTrue());
    return engine;
  }

  /** Waits until an assertion holds. */
  protected static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }

  /** Subscribes a new recorder. */
  protected static Recorder subscribed(AGBrokerEngine engine, String channel) throws Exception {
    Recorder recorder = new Recorder();
    engine.subscribe(recorder, channel).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return recorder;
  }

  /** Publishes text to the channel of the tests, and waits for the answer. */
  protected static void publish(AGBrokerEngine engine, String text) throws Exception {
    engine.invokePublish(CHANNEL, Payload.of(text)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Returns the next item. */
  protected static <T> T next(StreamConsumer<T> consumer) throws Exception {
    return ((Value<T>) consumer.next()).value();
  }

  /** Returns a consumer of an event of an engine. */
  protected static StreamConsumer<BrokerEvent.Failure> errors(AGBrokerEngine engine) {
    return engine.listener(BrokerEvent.ERROR).createConsumer(PATIENCE);
  }

  @Test
  final void aBrokerThatIsAwayAtTheStartIsJoinedWhenItComes() throws Exception {
    BrokerProcess broker = broker();
    broker.kill();
    AGBrokerEngine early = closing(createEngine(broker));
    StreamConsumer<BrokerEvent.Gap> gaps = early.listener(BrokerEvent.GAP).createConsumer(PATIENCE);
    Recorder recorder = subscribed(early, CHANNEL);

    assertThatThrownBy(() -> publish(early, "alone")).hasCauseInstanceOf(BrokerError.class);
    assertThat(recorder.json()).containsExactly("\"alone\"");
    assertThat(early.isReady()).isFalse();

    broker.restart();
    ready(early);
    publish(ready(broker), "from another");

    eventually(() -> assertThat(recorder.json()).containsExactly("\"alone\"", "\"from another\""));
    assertThat(next(gaps).until()).isNotNull();
  }

  @Test
  final void aBrokerThatCrashesLeavesAnAnnouncedGapAndNothingElse() throws Exception {
    BrokerProcess broker = broker();
    AGBrokerEngine here = ready(broker);
    AGBrokerEngine there = ready(broker);
    here.exchange().subscribe(CHANNEL);
    StreamConsumer<ChannelEvent.Gap> gaps =
        here.exchange().channel(CHANNEL).listener(ChannelEvent.GAP).createConsumer(PATIENCE);
    Recorder recorder = subscribed(here, CHANNEL);
    publish(there, "before");
    eventually(() -> assertThat(recorder.json()).containsExactly("\"before\""));

    broker.kill();
    eventually(() -> assertThat(here.isReady() || there.isReady()).isFalse());
    assertThatThrownBy(() -> publish(there, "meanwhile")).hasCauseInstanceOf(BrokerError.class);
    broker.restart();
    ready(here);
    publish(ready(there), "after");

    eventually(() -> assertThat(recorder.json()).containsExactly("\"before\"", "\"after\""));
    assertThat(next(gaps).until()).isNull();
    ChannelEvent.Gap ended = next(gaps);
    assertThat(ended.until()).isAfterOrEqualTo(ended.since());
    assertThat(ended.reason()).contains(broker.address());
  }

  @Test
  final void aBrokerThatHangsIsGivenUpAndPublishesFailInTime() throws Exception {
    BrokerProcess broker = broker();
    AGBrokerEngine engine = ready(broker);
    Recorder recorder = subscribed(engine, CHANNEL);

    broker.suspend();
    assertThatThrownBy(() -> publish(engine, "unknown")).hasCauseInstanceOf(BrokerError.class);
    eventually(() -> assertThat(engine.isReady()).isFalse());
    broker.resume();
    ready(engine);
    publish(ready(broker), "after");

    eventually(() -> assertThat(recorder.json()).containsExactly("\"unknown\"", "\"after\""));
  }

  @Test
  final void aBrokerThatHangsIsNoticedByItselfWhenNobodyPublishes() throws Exception {
    BrokerProcess broker = broker();
    AGBrokerEngine engine = ready(broker);
    StreamConsumer<BrokerEvent.Gap> gaps =
        engine.listener(BrokerEvent.GAP).createConsumer(PATIENCE);

    broker.suspend();
    assertThat(next(gaps).until()).isNull();
    broker.resume();

    assertThat(next(gaps).until()).isNotNull();
    assertThat(engine.isReady()).isTrue();
  }
}
