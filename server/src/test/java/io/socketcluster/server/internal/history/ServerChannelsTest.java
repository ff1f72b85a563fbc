// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.server.internal.outbound.SharedFrame;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerChannelsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Recovery FROM_NOW = Recovery.FROM_NOW;

  private final AtomicLong clock = new AtomicLong();
  private final AGSimpleBroker broker = new AGSimpleBroker();
  private final ServerChannels channels =
      new ServerChannels(broker, false, clock::get, failure -> {});

  /** Notes what it is given. */
  private static final class Recorder implements ChannelHistory.Follower {
    private final List<String> received = new CopyOnWriteArrayList<>();

    @Override
    public void deliver(ChannelMessage enveloped, Kept kept, SharedFrame.Envelope envelope) {
      received.add(String.valueOf(enveloped.data()));
    }

    @Override
    public void deliverNote(Payload note) {
      received.add(note.toString());
    }
  }

  /** The embedded broker, but what it is asked to unsubscribe fails. */
  private static AGBrokerEngine failingToUnsubscribe(AGSimpleBroker broker) {
    return (AGBrokerEngine)
        Proxy.newProxyInstance(
            ServerChannelsTest.class.getClassLoader(),
            new Class<?>[] {AGBrokerEngine.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("unsubscribe")) {
                throw new IllegalStateException("unsubscribe");
              }
              return method.invoke(broker, arguments);
            });
  }

  private void publish(String channel, Object data) {
    channels.publish(channel, Payload.of(data)).join();
  }

  private ChannelHistory follow(String channel) {
    return Objects.requireNonNull(channels.follow(channel, new Recorder()));
  }

  private static int kept(ChannelHistory history) {
    return after(history, 0).size();
  }

  private static List<Kept> after(ChannelHistory history, long offset) {
    Place end = placeIn(history, FROM_NOW);
    return Objects.requireNonNull(
            history.after(new Place(end.epoch(), offset, null), Integer.MAX_VALUE, () -> {}))
        .messages();
  }

  private static Place placeIn(ChannelHistory history, Recovery wanted) {
    return Objects.requireNonNull(history.find(wanted));
  }

  @AfterEach
  void close() {
    channels.close();
  }

  @Test
  void theLongestPatternCounts() {
    ChannelPolicy all = ChannelPolicy.history(1, MINUTE);
    ChannelPolicy rooms = ChannelPolicy.history(2, MINUTE);
    ChannelPolicy lobby = ChannelPolicy.history(3, MINUTE);
    channels.policy("*", all);
    channels.policy("room/lobby", lobby);
    channels.policy("room/*", rooms);
    assertThat(channels.policyOf("room/lobby")).isSameAs(lobby);
    assertThat(channels.policyOf("room/1")).isSameAs(rooms);
    assertThat(channels.policyOf("news")).isSameAs(all);
  }

  @Test
  void badPatternsAndPoliciesAreRefused() {
    ChannelPolicy policy = ChannelPolicy.builder().build();
    assertThatThrownBy(() -> channels.policy("a*b", policy))
        .isInstanceOf(InvalidArgumentsError.class);
    assertThatThrownBy(() -> ChannelPolicy.history(-1, MINUTE))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("historySize is -1");
    assertThatThrownBy(() -> ChannelPolicy.builder().totalHistoryBytes(2_000).build())
        .hasMessageContaining("totalHistoryBytes is 2000");
    assertThatThrownBy(() -> ChannelPolicy.builder().presenceClaim("").build())
        .hasMessage("presenceClaim is an empty string; allowed: a name");
    assertThatThrownBy(() -> ChannelPolicy.builder().conflationKey("").build())
        .hasMessage("conflationKey is an empty string; allowed: a name");
    assertThat(ChannelPolicy.builder().historyBytes(100 << 20).build().totalHistoryBytes())
        .isEqualTo(100 << 20);
  }

  @Test
  void messagesExpireAndThenTheHistoryItself() {
    channels.policy("room/*", ChannelPolicy.history(10, MINUTE));
    publish("room/1", "a");
    assertThat(channels.historyBytes()).isPositive();
    clock.addAndGet(MINUTE.toNanos() + 1);
    channels.expire();
    assertThat(channels.historyBytes()).isZero();
    assertThat(broker.isSubscribed("room/1")).isFalse();
  }

  @Test
  void aHistoryWithAFollowerOutlivesItsMessages() {
    channels.policy("room/*", ChannelPolicy.history(10, MINUTE));
    ChannelHistory history = follow("room/1");
    publish("room/1", "a");
    clock.addAndGet(2 * MINUTE.toNanos());
    channels.expire();
    assertThat(kept(history)).isZero();
    assertThat(broker.isSubscribed("room/1")).isTrue();
    assertThat(placeIn(history, FROM_NOW).offset()).isEqualTo(1);
  }

  @Test
  void manyChannelsNeverTakeMoreThanTheirBound() {
    long bound = 100_000;
    channels.policy(
        "room/*", ChannelPolicy.builder().historyBytes(20_000).totalHistoryBytes(bound).build());
    for (int i = 0; i < 2_000; i++) {
      clock.incrementAndGet();
      publish("room/" + i % 500, "x".repeat(1_000));
      assertThat(channels.historyBytes()).isLessThanOrEqualTo(bound);
    }
    assertThat(channels.historyBytes()).isGreaterThan(bound / 2);
    channels.expire();
    follow("room/one-more");
    assertThat(channels.historyBytes()).isLessThanOrEqualTo(bound);
  }

  @Test
  void aNewChannelTakesTheRoomOfOldMessages() {
    channels.policy(
        "room/*", ChannelPolicy.builder().historyBytes(4_000).totalHistoryBytes(12_000).build());
    follow("room/0");
    publish("room/0", "x".repeat(3_000));
    for (int i = 1; i < 15; i++) {
      follow("room/" + i);
    }
    assertThat(channels.historyBytes()).isLessThanOrEqualTo(12_000);
  }

  @Test
  void channelsThatKeepNothingDoNotHideThoseThatDo() {
    long bound = 700_000;
    channels.policy(
        "room/*", ChannelPolicy.builder().historyBytes(50_000).totalHistoryBytes(bound).build());
    for (int i = 0; i < 1_000; i++) {
      follow("room/empty/" + i);
    }
    for (int i = 0; i < 10; i++) {
      publish("room/" + i % 2, "x".repeat(40_000));
      assertThat(channels.historyBytes()).isLessThanOrEqualTo(bound);
    }
  }

  @Test
  void theChannelsUsedLeastRecentlyLoseTheirMessages() {
    channels.policy(
        "room/*", ChannelPolicy.builder().historyBytes(4_000).totalHistoryBytes(12_000).build());
    ChannelHistory old = follow("room/old");
    ChannelHistory busy = follow("room/busy");
    publish("room/old", "x".repeat(3_000));
    for (int i = 0; i < 4; i++) {
      clock.incrementAndGet();
      publish("room/" + i, "x".repeat(3_000));
      clock.incrementAndGet();
      publish("room/busy", "x");
    }
    assertThat(kept(old)).isZero();
    assertThat(kept(busy)).isEqualTo(4);
  }

  @Test
  void aGapOfTheBrokerIsToldNowAndLater() {
    channels.policy("room/*", ChannelPolicy.history(10, MINUTE));
    Recorder recorder = new Recorder();
    ChannelHistory history = Objects.requireNonNull(channels.follow("room/1", recorder));
    publish("room/1", "a");
    broker.emit(BrokerEvent.GAP, new BrokerEvent.Gap("lost", Instant.EPOCH, null));
    Awaitility.await().until(() -> recorder.received.size() == 2);
    publish("room/1", "b");
    assertThat(recorder.received.get(1)).contains("\"offset\":2,\"gap\":\"broker\"");
    assertThat(recorder.received.get(2)).contains("\"offset\":3,\"data\":\"b\"");
    List<Kept> later = after(history, 1);
    assertThat(later.stream().map(Kept::isGap)).containsExactly(true, false);
  }

  @Test
  void aHistoryOfItsOwnServerSendsNothingFromBeforeAGap() {
    ServerChannels ofOne = new ServerChannels(broker, true, clock::get, failure -> {});
    ofOne.policy("room/*", ChannelPolicy.history(10, MINUTE));
    ChannelHistory history = Objects.requireNonNull(ofOne.follow("room/1", new Recorder()));
    broker.transmitPublish("room/1", Payload.of("another server has delivered this, too"));
    assertThat(placeIn(history, new Recovery("other", 3, 0)).offset()).isEqualTo(1);
    assertThat(placeIn(history, new Recovery("other", 3, 50)).offset()).isEqualTo(1);
    ofOne.close();
  }

  @Test
  void anEngineThatThrowsIsReportedAndItsHistoriesEnd() {
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    ServerChannels failing =
        new ServerChannels(failingToUnsubscribe(broker), false, clock::get, failures::add);
    failing.policy("room/*", ChannelPolicy.history(10, MINUTE));
    failing.publish("room/1", null);
    failing.publish("room/2", null);
    clock.addAndGet(MINUTE.toNanos() + 1);

    failing.expire();

    assertThat(failing.historyBytes()).isZero();
    assertThat(failures).hasSize(2).allMatch(each -> each instanceof IllegalStateException);
    failing.publish("room/3", null);
    failing.close();
    assertThat(failing.historyBytes()).isZero();
  }

  @Test
  void whatIsDeliveredAfterTheEndTakesNoMemory() {
    channels.policy("room/*", ChannelPolicy.history(10, MINUTE));
    ChannelHistory history = follow("room/1");
    history.close();
    history.close();
    history.deliver(new ChannelMessage("room/1", Payload.of("late")));
    history.gap();
    assertThat(channels.historyBytes()).isZero();
  }

  @Test
  void aPatternHasOnePolicy() {
    ChannelPolicy policy = ChannelPolicy.history(10, MINUTE);
    channels.policy("room/*", policy);
    assertThatThrownBy(() -> channels.policy("room/*", ChannelPolicy.history(20, MINUTE)))
        .isInstanceOf(InvalidArgumentsError.class)
        .hasMessage("pattern is room/*, which has a policy; allowed: one policy for each pattern");
    assertThat(channels.policyOf("room/1")).isSameAs(policy);
  }
}
