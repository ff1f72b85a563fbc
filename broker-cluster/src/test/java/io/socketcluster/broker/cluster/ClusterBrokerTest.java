// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ClusterBrokerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ClusterOptions QUICK =
      ClusterOptions.DEFAULT.withMaxReconnectDelay(Duration.ofMillis(10));

  private final MemoryBroker broker = new MemoryBroker();
  private final List<ClusterBroker> engines = new ArrayList<>();

  private static final class Received implements ChannelSubscriber {
    private final List<String> json = new CopyOnWriteArrayList<>();

    @Override
    public void deliver(ChannelMessage message) {
      json.add(String.valueOf(message.data()));
    }
  }

  @AfterEach
  void close() throws Exception {
    for (ClusterBroker engine : engines) {
      engine.close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private ClusterBroker engine() {
    ClusterBroker engine = new ClusterBroker(broker, QUICK);
    engines.add(engine);
    return engine;
  }

  private ClusterBroker ready() {
    ClusterBroker engine = engine();
    eventually(() -> assertThat(engine.isReady()).isTrue());
    return engine;
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).untilAsserted(assertion);
  }

  private static Received subscribed(ClusterBroker engine, String channel) throws Exception {
    Received received = new Received();
    done(engine.subscribe(received, channel));
    return received;
  }

  private static void done(CompletableFuture<Void> future) throws Exception {
    future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void publish(ClusterBroker engine, String channel, String text) throws Exception {
    done(engine.invokePublish(channel, Payload.of(text)));
  }

  private static <T> T next(StreamConsumer<T> consumer) throws Exception {
    return ((Value<T>) consumer.next()).value();
  }

  @Test
  void aChannelIsSubscribedAtTheBrokerOnlyWhileSomebodyHereListens() throws Exception {
    ClusterBroker engine = ready();
    Received first = subscribed(engine, "news");
    Received second = subscribed(engine, "news");
    assertThat(broker.subscribers("news")).isOne();

    done(engine.unsubscribe(first, "news"));
    assertThat(broker.subscribers("news")).isOne();
    done(engine.unsubscribe(second, "news"));

    eventually(() -> assertThat(broker.subscribers("news")).isZero());
  }

  @Test
  void whatIsSubscribedWhileTheBrokerIsAwayIsInForceWhenItIsBack() throws Exception {
    broker.goAway("not started yet");
    ClusterBroker engine = engine();
    Received received = subscribed(engine, "news");
    Received gone = subscribed(engine, "gone");
    done(engine.unsubscribe(gone, "gone"));
    assertThat(engine.isReady()).isFalse();

    broker.comeBack();
    eventually(() -> assertThat(engine.isReady()).isTrue());
    publish(ready(), "news", "from another");

    eventually(() -> assertThat(received.json).containsExactly("\"from another\""));
    assertThat(broker.subscribers("gone")).isZero();
  }

  @Test
  void whileTheBrokerIsAwayThisMachineGoesOnAndPublishesSaySo() throws Exception {
    ClusterBroker engine = ready();
    Received received = subscribed(engine, "news");
    broker.goAway("gone");
    eventually(() -> assertThat(engine.isReady()).isFalse());

    assertThatThrownBy(() -> publish(engine, "news", "here")).hasCauseInstanceOf(BrokerError.class);

    assertThat(received.json).containsExactly("\"here\"");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsGivenUpAndThePublishFails() throws Exception {
    ClusterBroker engine = ready();
    broker.fallSilent("still silent");

    assertThatThrownBy(() -> publish(engine, "news", "x"))
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining("It is unknown whether a publish has reached memory: no answer");
    eventually(() -> assertThat(engine.isReady()).isFalse());
    broker.comeBack();

    eventually(() -> assertThat(engine.isReady()).isTrue());
    publish(engine, "news", "y");
  }

  @Test
  void aGapBeginsWhenTheBrokerWasLastKnownToDeliver() throws Exception {
    ClusterBroker engine = ready();
    StreamConsumer<BrokerEvent.Gap> gaps =
        engine.listener(BrokerEvent.GAP).createConsumer(PATIENCE);
    broker.fallSilent("still silent");
    Instant silent = Instant.now();

    BrokerEvent.Gap begun = next(gaps);
    broker.comeBack();

    assertThat(begun.since()).isBeforeOrEqualTo(silent);
    assertThat(next(gaps).since()).isEqualTo(begun.since());
  }

  @Test
  void theReasonOfAGapIsWhatTheBrokerDidNotThatItsConnectionWasClosed() throws Exception {
    ClusterBroker engine = ready();
    StreamConsumer<BrokerEvent.Gap> gaps =
        engine.listener(BrokerEvent.GAP).createConsumer(PATIENCE);
    broker.fallSilent("still silent"); // as the next check finds out

    assertThat(next(gaps).reason()).isEqualTo("The connection is lost to memory: no answer");
  }

  @Test
  void anErrorOfTheClientLibraryIsNotTheEndOfAllAttempts() throws Exception {
    broker.breakLibrary();
    ClusterBroker engine = engine();
    StreamConsumer<BrokerEvent.Failure> errors =
        engine.listener(BrokerEvent.ERROR).createConsumer(PATIENCE);
    assertThat(next(errors).error()).hasMessageContaining("a class of the client library");

    broker.comeBack();

    eventually(() -> assertThat(engine.isReady()).isTrue());
  }

  @Test
  void aLossThatIsToldLateDoesNotHarmTheNextConnection() throws Exception {
    ClusterBroker engine = ready();
    Received received = subscribed(engine, "news");
    Runnable late = broker.replaceConnections();
    eventually(() -> assertThat(broker.subscribers("news")).isOne());
    eventually(() -> assertThat(engine.isReady()).isTrue());

    late.run();

    publish(ready(), "news", "x");
    eventually(() -> assertThat(received.json).containsExactly("\"x\""));
    publish(engine, "news", "y");
  }

  @Test
  void aGapIsAnnouncedWhenItBeginsAndWhenItEnds() throws Exception {
    ClusterBroker engine = ready();
    StreamConsumer<BrokerEvent.Gap> ofEngine =
        engine.listener(BrokerEvent.GAP).createConsumer(PATIENCE);
    engine.exchange().subscribe("news");
    StreamConsumer<ChannelEvent.Gap> ofChannel =
        engine.exchange().channel("news").listener(ChannelEvent.GAP).createConsumer(PATIENCE);

    broker.goAway("pulled the plug");
    BrokerEvent.Gap begun = next(ofEngine);
    assertThat(begun.reason()).contains("pulled the plug");
    assertThat(begun.until()).isNull();
    assertThat(next(ofChannel).until()).isNull();
    broker.comeBack();

    BrokerEvent.Gap ended = next(ofEngine);
    assertThat(ended.since()).isEqualTo(begun.since());
    assertThat(ended.until()).isAfterOrEqualTo(begun.since());
    assertThat(next(ofChannel).until()).isEqualTo(ended.until());
  }

  @Test
  void theEndOfAGapIsAnnouncedAlsoIfNobodyIsSubscribed() throws Exception {
    ClusterBroker engine = ready();
    StreamConsumer<BrokerEvent.Gap> gaps =
        engine.listener(BrokerEvent.GAP).createConsumer(PATIENCE);

    broker.goAway("gone");
    assertThat(next(gaps).until()).isNull();
    broker.comeBack();

    assertThat(next(gaps).until()).isNotNull();
  }

  @Test
  void whoSubscribesWithinAGapIsToldOfIt() throws Exception {
    broker.goAway("not started yet");
    ClusterBroker engine = engine();
    StreamConsumer<ChannelEvent.Gap> gaps =
        engine.exchange().channel("news").listener(ChannelEvent.GAP).createConsumer(PATIENCE);

    engine.exchange().subscribe("news");

    assertThat(next(gaps).until()).isNull();
  }

  @Test
  void messagesThatTheConnectionDropsAreAGapThatIsOver() throws Exception {
    ClusterBroker engine = ready();
    StreamConsumer<BrokerEvent.Gap> gaps =
        engine.listener(BrokerEvent.GAP).createConsumer(PATIENCE);

    broker.drop("too slow");

    BrokerEvent.Gap gap = next(gaps);
    assertThat(gap.reason()).isEqualTo("too slow");
    assertThat(gap.until()).isEqualTo(gap.since());
    assertThat(engine.isReady()).isTrue();
  }

  @Test
  void aRefusedSubscriptionDoesNotExistAndHarmsNoOther() throws Exception {
    broker.forbid("secret");
    ClusterBroker engine = ready();

    assertThatThrownBy(() -> subscribed(engine, "secret"))
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining("forbidden: secret");

    assertThat(engine.subscriptions()).isEmpty();
    Received open = subscribed(engine, "open");
    publish(ready(), "open", "x");
    eventually(() -> assertThat(open.json).containsExactly("\"x\""));
  }

  @Test
  void aRefusedPublishFailsAlone() throws Exception {
    broker.forbid("secret");
    ClusterBroker engine = ready();
    Received there = subscribed(ready(), "open");

    CompletableFuture<Void> refused = engine.invokePublish("secret", Payload.of("x"));
    publish(engine, "open", "y");

    assertThatThrownBy(() -> done(refused)).hasMessageContaining("forbidden: secret");
    eventually(() -> assertThat(there.json).containsExactly("\"y\""));
  }

  @Test
  void bytesThatNoEngineHasSentAreCounted() throws Exception {
    ClusterBroker engine = ready();
    Received received = subscribed(engine, "news");
    List<String> strange =
        List.of("", "x", "[]", "{}", "{\"event\":\"#publish\"}", "{\"event\":\"a\",\"data\":1}");

    strange.forEach(each -> broker.inject("news", each.getBytes(UTF_8)));
    broker.inject("news", new ClusterMessage("news", Payload.of("x")).toBytes());

    assertThat(received.json).containsExactly("\"x\"");
    assertThat(engine.foreignMessages()).isEqualTo(strange.size());
  }

  @Test
  void publishesThatWereAcceptedLeaveBeforeTheEngineCloses() throws Exception {
    ClusterBroker engine = ready();
    Received there = subscribed(ready(), "news");
    List<CompletableFuture<Void>> accepted = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      accepted.add(engine.invokePublish("news", Payload.of(i)));
    }

    done(engine.close());

    assertThat(accepted).allMatch(each -> each.isDone() && !each.isCompletedExceptionally());
    eventually(() -> assertThat(there.json).hasSize(5_000));
  }
}
