// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.history.ChannelHistories;
import io.socketcluster.broker.history.HistoryPosition;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.server.channels.ChannelPolicy.HistoryStore;
import io.socketcluster.server.channels.ChannelRule;
import io.socketcluster.server.internal.outbound.SharedFrame;
import io.socketcluster.server.internal.rules.ServerRules;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel whose history the broker keeps, on a server. */
class BrokerHistoryTest {
  private static final ChannelPolicy AT_BROKER =
      ChannelPolicy.builder().historyStore(HistoryStore.BROKER).build();

  private final AtomicLong clock = new AtomicLong();
  private final AGSimpleBroker embedded = new AGSimpleBroker();
  private final BrokerModel histories = new BrokerModel(100, () -> 0);
  private final BrokerModel.Line line = histories.connect();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final AtomicBoolean isOdd = new AtomicBoolean();
  private final ServerChannels channels =
      new ServerChannels(keeping(), true, clock::get, failures::add);
  private boolean failsToTransmit;

  /** The embedded engine, with histories. */
  private AGBrokerEngine keeping() {
    return (AGBrokerEngine)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {AGBrokerEngine.class},
            (proxy, method, arguments) -> {
              if (failsToTransmit && method.getName().equals("transmitPublish")) {
                throw new IllegalStateException("transmitPublish");
              }
              return method.getName().equals("histories")
                  ? atTimesOdd()
                  : method.invoke(embedded, arguments);
            });
  }

  /** Answers one reader with no page. */
  private ChannelHistories atTimesOdd() {
    return (ChannelHistories)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ChannelHistories.class},
            (proxy, method, arguments) ->
                method.getName().equals("read") && isOdd.getAndSet(false)
                    ? CompletableFuture.completedFuture(null)
                    : method.invoke(histories, arguments));
  }

  /** Notes what it is given. */
  private static final class Recorder implements ChannelHistory.Follower {
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final String refused; // as by a codec

    Recorder(String refused) {
      this.refused = refused;
    }

    Recorder() {
      this("nothing");
    }

    @Override
    public void deliver(ChannelMessage enveloped, Kept kept, SharedFrame.Envelope envelope) {
      String data = String.valueOf(kept.data());
      if (data.equals(refused)) {
        throw new IllegalStateException(data);
      }
      received.add(data);
    }

    @Override
    public void deliverNote(Payload note) {
      received.add(note.toString());
    }
  }

  @AfterEach
  void close() {
    channels.close();
  }

  @Test
  void anEngineWithoutHistoriesRefusesThePolicy() {
    ServerChannels plain = new ServerChannels(embedded, false, failure -> {});
    assertThatThrownBy(() -> plain.policy("room/*", AT_BROKER))
        .isInstanceOf(InvalidArgumentsError.class)
        .hasMessageContaining("historyStore is BROKER");
    assertThat(plain.policyOf("room/1")).isNull();
  }

  @Test
  void whatIsPublishedGoesToTheBrokerAndTakesNoMemoryHere() {
    channels.policy("room/*", AT_BROKER);
    channels.publish("room/1", Payload.of("a")).join();
    channels.publish("other", Payload.of("b")).join();

    assertThat(line.nextMessage().data()).hasToString("\"a\"");
    assertThat(line.hasMessage()).isFalse();
    assertThat(channels.historyBytes()).isZero();
    assertThat(embedded.isSubscribed("room/1")).isFalse();
  }

  @Test
  void aPatternBringsWhatTheBrokerHasKept() {
    List<String> brought = new CopyOnWriteArrayList<>();
    embedded.subscribe(message -> brought.add(String.valueOf(message.data())), "#pattern/room/*");
    ServerRules rules = new ServerRules((event, failure) -> {});
    rules.set("room/*", ChannelRule.builder().subscribeToPattern(true).build());
    channels.ruledBy(rules);
    channels.policy("room/*", AT_BROKER);

    histories.refusePublishes(true);
    assertThat(channels.publish("room/1", Payload.of("lost"))).isCompletedExceptionally();
    histories.refusePublishes(false);
    channels.publish("room/1", Payload.of("kept")).join();

    assertThat(brought).containsExactly("{\"channel\":\"room/1\",\"data\":\"kept\"}");
  }

  @Test
  void aPatternThatCannotBeToldOfAMessageDoesNotFailIt() {
    ServerRules rules = new ServerRules((event, failure) -> {});
    rules.set("room/*", ChannelRule.builder().subscribeToPattern(true).build());
    failsToTransmit = true;
    channels.ruledBy(rules);

    assertThat(channels.publish("room/1", Payload.of(1))).isCompleted();
  }

  @Test
  void aChannelWithoutFollowersIsLeftAfterAWhile() {
    channels.policy("room/*", AT_BROKER);
    Recorder recorder = new Recorder();
    ChannelHistory history = Objects.requireNonNull(channels.follow("room/1", recorder));
    clock.addAndGet(Duration.ofHours(1).toNanos());
    channels.expire();
    assertThat(embedded.isSubscribed("room/1")).as("it has a follower").isTrue();

    history.detach(recorder);
    channels.expire();
    assertThat(embedded.isSubscribed("room/1")).as("the follower may come back").isTrue();
    clock.addAndGet(Duration.ofSeconds(31).toNanos());
    channels.expire();
    assertThat(embedded.isSubscribed("room/1")).isFalse();
    assertThat(channels.historyBytes()).isZero();
  }

  @Test
  void whatWasPublishedPastTheHistoryIsToldAsAGap() {
    channels.policy("room/*", AT_BROKER);
    Recorder recorder = new Recorder();
    channels.follow("room/1", recorder);
    embedded.transmitPublish("room/1", Payload.of("by a server without the policy"));
    assertThat(recorder.received).singleElement().asString().contains("\"gap\":\"broker\"");
  }

  @Test
  void whatIsInAnotherHistoryIsToldAsAGap() {
    channels.policy("room/*", AT_BROKER);
    Recorder recorder = new Recorder();
    BrokerHistory source =
        Objects.requireNonNull(
            Objects.requireNonNull(channels.follow("room/1", recorder)).source());
    histories.publish("room/1", Payload.of("a"), Rule.of("room/1", AT_BROKER).bounds());
    source.deliver(line.nextMessage());
    HistoryPosition elsewhere = new HistoryPosition("of-another-policy", 9, 8);
    source.deliver(new ChannelMessage("room/1", Payload.of("x"), elsewhere));

    assertThat(recorder.received).hasSize(2).first().isEqualTo("\"a\"");
    assertThat(recorder.received.getLast()).contains("\"gap\":\"broker\"");
  }

  /** Publishes three messages, of which the subscription brings the first and the last. */
  private void publishThree(BrokerHistory source) {
    for (String each : List.of("a", "b", "c")) {
      histories.publish("room/1", Payload.of(each), Rule.of("room/1", AT_BROKER).bounds());
    }
    source.deliver(line.nextMessage());
    line.nextMessage();
    source.deliver(line.nextMessage());
  }

  @Test
  void aMessageThatCannotBeEncodedHarmsNothingElse() {
    channels.policy("room/*", AT_BROKER);
    Recorder refusing = new Recorder("\"b\"");
    Recorder other = new Recorder();
    channels.follow("room/1", refusing);
    ChannelHistory history = Objects.requireNonNull(channels.follow("room/1", other));
    publishThree(Objects.requireNonNull(history.source()));
    assertThat(other.received).containsExactly("\"a\"", "\"b\"", "\"c\"");
    assertThat(refusing.received).containsExactly("\"a\"", "\"c\"");
    assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPageThatCannotBeTakenIsReportedAndAskedForAgain() {
    channels.policy("room/*", AT_BROKER);
    Recorder recorder = new Recorder();
    ChannelHistory history = Objects.requireNonNull(channels.follow("room/1", recorder));
    isOdd.set(true);
    publishThree(Objects.requireNonNull(history.source()));
    assertThat(failures).hasSize(1);
    await() // the histories are looked at twice a second
        .untilAsserted(
            () -> assertThat(recorder.received).containsExactly("\"a\"", "\"b\"", "\"c\""));
  }

  @Test
  void whoWantsMoreThanThereCanBeIsServedFromMemory() {
    ChannelPolicy two =
        ChannelPolicy.builder().historyStore(HistoryStore.BROKER).historySize(2).build();
    channels.policy("room/*", two);
    ChannelHistory history = Objects.requireNonNull(channels.follow("room/1", new Recorder()));
    Recovery wanted = new Recovery(null, -1, 1_000_000);
    assertThat(history.find(wanted)).as("only the broker knows").isNull();
    publishThree(Objects.requireNonNull(history.source()));
    assertThat(Objects.requireNonNull(history.find(wanted)).offset()).isEqualTo(1);
  }

  @Test
  void whoWantsMoreThanThereEverWereIsServedFromMemory() {
    channels.policy("room/*", AT_BROKER);
    ChannelHistory history = Objects.requireNonNull(channels.follow("room/1", new Recorder()));
    publishThree(Objects.requireNonNull(history.source()));
    Recovery wanted = new Recovery(null, -1, 50);
    assertThat(Objects.requireNonNull(history.find(wanted)).offset()).isZero();
    history.relieve();
    assertThat(history.find(wanted)).as("the broker has them").isNull();
  }

  @Test
  void aNewEpochWithoutALossIsNoGap() {
    channels.policy("room/*", AT_BROKER);
    Recorder recorder = new Recorder();
    ChannelHistory history = Objects.requireNonNull(channels.follow("room/1", recorder));
    BrokerHistory source = Objects.requireNonNull(history.source());
    histories.publish("room/1", Payload.of("a"), Rule.of("room/1", AT_BROKER).bounds());
    source.deliver(line.nextMessage());
    histories.forget(true); // its keys have expired, because nobody published for so long
    histories.publish("room/1", Payload.of("b"), Rule.of("room/1", AT_BROKER).bounds());
    source.deliver(line.nextMessage());
    assertThat(recorder.received).containsExactly("\"a\"", "\"b\"");
  }
}
