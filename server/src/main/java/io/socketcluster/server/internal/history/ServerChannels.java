// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.broker.history.ChannelHistories;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.channels.AGChannels;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.server.channels.ChannelPolicy.HistoryStore;
import io.socketcluster.server.channels.ChannelRoster;
import io.socketcluster.server.internal.deltas.ChannelDeltas;
import io.socketcluster.server.internal.deltas.ServerDeltas;
import io.socketcluster.server.internal.rules.PatternMessage;
import io.socketcluster.server.internal.rules.ReservedNames;
import io.socketcluster.server.internal.rules.ServerRules;
import io.socketcluster.stream.Consumption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The policies of a server's channels, and the histories in use. A server without policies has no
 * more of it than a look at an empty list. Thread-safe; no method blocks.
 */
public final class ServerChannels implements AGChannels {
  private static final Duration SWEEP = Duration.ofMillis(500);

  private final AGBrokerEngine engine;
  private final boolean isShared;
  private final LongSupplier clock;
  private final TimeSource time;
  private final Consumer<Throwable> failures;
  private final ConcurrentHashMap<String, ChannelHistory> histories = new ConcurrentHashMap<>();
  private volatile boolean ended;
  private final ChannelPolicies rules = new ChannelPolicies();
  private final ServerDeltas deltas = new ServerDeltas();
  private volatile @Nullable Observers observers; // set once, with the server
  private volatile boolean hasPresence;

  /** None until they are set. */
  private volatile ServerRules rulesOfPatterns = new ServerRules((event, failure) -> {});

  @GuardedBy("this")
  private @Nullable Consumption gaps;

  @GuardedBy("this")
  private TimeSource.@Nullable Repetition sweeps;

  /**
   * @param isShared whether other servers may be on the same engine, or joined by it
   * @param failures is told what fails in the engine or a codec and nobody else learns
   */
  public ServerChannels(AGBrokerEngine engine, boolean isShared, Consumer<Throwable> failures) {
    this(engine, isShared, TimeSource.system(), failures);
  }

  /**
   * @param isShared whether other servers may be on the same engine, or joined by it
   * @param time the time that messages grow old by
   * @param failures is told what fails in the engine or a codec and nobody else learns
   */
  public ServerChannels(
      AGBrokerEngine engine, boolean isShared, TimeSource time, Consumer<Throwable> failures) {
    this(engine, isShared, time::nanoTime, time, failures);
  }

  ServerChannels(
      AGBrokerEngine engine, boolean isShared, LongSupplier clock, Consumer<Throwable> failures) {
    this(engine, isShared, clock, TimeSource.system(), failures);
  }

  private ServerChannels(
      AGBrokerEngine engine,
      boolean isShared,
      LongSupplier clock,
      TimeSource time,
      Consumer<Throwable> failures) {
    this.engine = engine;
    this.isShared = isShared;
    this.clock = clock;
    this.time = time;
    this.failures = failures;
  }

  /** Returns the engine that delivers to the channels. */
  public AGBrokerEngine engine() {
    return engine;
  }

  @Override
  public synchronized void policy(String pattern, ChannelPolicy policy) {
    Objects.requireNonNull(policy, "policy");
    if (policy.historyStore() == HistoryStore.BROKER && engine.histories() == null) {
      throw new InvalidArgumentsError(
          "historyStore is BROKER, and the broker engine keeps no histories; allowed: MEMORY");
    }
    rules.add(pattern, policy);
    if (policy.presenceClaim() != null && !hasPresence) {
      hasPresence = true;
      observers().begin();
    }
    if (gaps == null) {
      gaps = engine.listener(BrokerEvent.GAP).consume(this::announce);
      sweeps = time.repeat("socketcluster-histories", SWEEP, this::sweep);
    }
  }

  /** Observes the sockets of channels, and keeps their rosters. */
  public interface Observers {
    /** The first policy wants it. */
    void begin();

    /** Returns who is in a channel. */
    ChannelRoster roster(String channel);
  }

  /** Sets who tells of the presence in channels. Once, before there are policies. */
  public void observedBy(Observers those) {
    observers = those;
  }

  private Observers observers() {
    return Objects.requireNonNull(observers, "observers");
  }

  @Override
  public ChannelRoster presence(String channel) {
    return hasPresence ? observers().roster(channel) : new ChannelRoster(0, List.of(), 0);
  }

  /** Returns whether a channel tells who is in another. */
  public boolean isPresence(String channel) {
    return hasPresence && channel.startsWith(ReservedNames.PRESENCE);
  }

  /** Sets the rules, which say what patterns there are. Once, before anything is published. */
  public void ruledBy(ServerRules those) {
    rulesOfPatterns = those;
  }

  /** Returns the rules of the channels. */
  public ServerRules ruling() {
    return rulesOfPatterns;
  }

  /**
   * Tells the subscribers of patterns of a message, after those of its channel. The message is
   * published already: what fails here is no failure of it.
   */
  void tellPatterns(String channel, @Nullable Payload data) {
    try {
      for (String each : rulesOfPatterns.patternChannelsOf(channel)) {
        engine.transmitPublish(each, PatternMessage.of(channel, data));
      }
    } catch (RuntimeException e) { // of an engine of the application's own
      failed(e);
    }
  }

  private void announce(BrokerEvent.Gap gap) {
    for (ChannelHistory history : histories.values()) {
      BrokerHistory source = history.source();
      if (source == null) {
        history.gap();
      } else if (gap.until() == null) {
        source.gapBegins();
      } else {
        source.gapEnds();
      }
    }
  }

  @Override
  public @Nullable ChannelPolicy policyOf(String channel) {
    Rule rule = ruleOf(channel);
    return rule == null ? null : rule.policy();
  }

  private @Nullable Rule historyRuleOf(String channel) {
    Rule rule = ruleOf(channel);
    return rule == null || rule.policy().historySize() == 0 ? null : rule;
  }

  private @Nullable Rule ruleOf(String channel) {
    boolean isOfOthers = isPresence(channel) || ReservedNames.isPattern(channel);
    return isOfOthers ? null : rules.of(channel);
  }

  @Override
  public long historyBytes() {
    return rules.historyBytes();
  }

  @Override
  public long deltaBytes() {
    return rules.deltaBytes();
  }

  /** Returns whether the policy of a channel lets subscribers ask for differences. */
  public boolean hasDeltas(String channel) {
    ChannelPolicy policy = policyOf(channel);
    return policy != null && policy.deltas();
  }

  /**
   * Returns the last values of a channel for one more user, who has to {@link #release} them, or
   * null if the policy wants none.
   */
  public @Nullable ChannelDeltas acquireDeltas(String channel, boolean hasPositions) {
    Rule rule = ruleOf(channel);
    return rule == null || !rule.policy().deltas()
        ? null
        : deltas.acquire(channel, hasPositions, rule.policy().conflationKey(), rule.deltaMemory());
  }

  /** Ends one use of the last values of a channel. */
  public void release(ChannelDeltas values, boolean hasPositions) {
    deltas.release(values, hasPositions);
  }

  /** Returns whether any channel has a policy. */
  public boolean hasPolicies() {
    return !rules.isEmpty();
  }

  /** Publishes to a channel, whose policy may want the message to be kept. */
  public CompletableFuture<Void> publish(String channel, @Nullable Payload data) {
    Rule atBroker = used(channel);
    if (atBroker != null) {
      return keepAtBroker(channel, data, atBroker);
    }
    CompletableFuture<Void> published = engine.invokePublish(channel, data);
    tellPatterns(channel, data);
    return published;
  }

  /**
   * Publishes to a channel whose messages the broker keeps. Patterns bring what it has kept, and
   * nothing that the publisher may publish again because it failed.
   */
  CompletableFuture<Void> keepAtBroker(String channel, @Nullable Payload data, Rule rule) {
    CompletableFuture<Void> kept =
        Objects.requireNonNull(engine.histories(), "histories")
            .publish(channel, data, rule.bounds());
    if (rulesOfPatterns.hasPatterns()) {
      kept.thenRun(() -> tellPatterns(channel, data));
    }
    return kept;
  }

  /**
   * A channel is about to be published to. Returns its rule if the broker keeps the message. Else
   * the message is kept here, if the policy wants that.
   */
  @Nullable Rule used(String channel) {
    if (rules.isEmpty()) {
      return null;
    }
    ChannelHistory known = histories.get(channel);
    if (known != null && known.source() == null) {
      return null;
    }
    Rule rule = historyRuleOf(channel);
    if (rule != null && rule.isAtBroker()) {
      return rule;
    }
    if (rule != null && known == null) {
      histories.computeIfAbsent(channel, name -> open(name, rule));
    }
    return null;
  }

  /** Reports that nobody else learns of a failed publish. */
  void failed(Throwable failure) {
    engine.emit(BrokerEvent.ERROR, new BrokerEvent.Failure(failure));
  }

  /**
   * Returns the history of a channel with one more follower, or null if the channel has none.
   *
   * @param follower is told of everything that is kept from now on
   */
  public @Nullable ChannelHistory follow(String channel, ChannelHistory.Follower follower) {
    Rule rule = historyRuleOf(channel);
    return rule == null
        ? null
        : histories.compute(
            channel,
            (name, existing) -> {
              ChannelHistory history = existing == null ? open(name, rule) : existing;
              if (history != null) {
                history.attach(follower);
              }
              return history;
            });
  }

  private @Nullable ChannelHistory open(String channel, Rule rule) {
    HistoryMemory memory = rule.memory();
    if (ended || !memory.makeRoomFor(ChannelHistory.bytesFor(channel))) {
      return null;
    }
    ChannelHistory history = new ChannelHistory(channel, rule, clock, isShared, failures);
    ChannelHistories broker = engine.histories();
    if (rule.isAtBroker() && broker != null) {
      history.comesFrom(new BrokerHistory(history, broker, rule.bounds(), failures));
    }
    history.subscribedWhen(subscribe(history));
    return history;
  }

  /** Returns who is subscribed for a history: itself, or what brings it the broker's numbers. */
  private static ChannelSubscriber subscriberOf(ChannelHistory history) {
    BrokerHistory source = history.source();
    return source == null ? history : source;
  }

  /** An engine of the application's own may throw where its future should fail. */
  private CompletableFuture<Void> subscribe(ChannelHistory history) {
    try {
      return engine.subscribe(subscriberOf(history), history.channel());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private synchronized void stopSweeps() {
    if (sweeps != null) {
      sweeps.close();
    }
  }

  private void sweep() {
    if (ended) {
      stopSweeps(); // the server was closed while they began
    } else {
      expire();
    }
  }

  /** Drops what is too old, and the histories that are not used any more. */
  void expire() {
    for (ChannelHistory history : histories.values()) {
      BrokerHistory source = history.source();
      if (source != null) {
        source.retry();
      }
      if (history.expire() || history.subscribed().isCompletedExceptionally()) {
        histories.computeIfPresent(history.channel(), (name, each) -> endIfUnused(each));
      }
    }
  }

  private @Nullable ChannelHistory endIfUnused(ChannelHistory history) {
    boolean hasFailed = history.subscribed().isCompletedExceptionally();
    if (!history.expire() && !hasFailed) {
      return history;
    }
    end(history);
    return null;
  }

  private void end(ChannelHistory history) {
    try {
      engine.unsubscribe(subscriberOf(history), history.channel());
    } catch (RuntimeException e) { // of an engine of the application's own
      failures.accept(e);
    }
    history.close();
  }

  /** The server closes: nothing is kept any more. */
  public void close() {
    ended = true;
    synchronized (this) {
      if (gaps != null) {
        gaps.close();
      }
    }
    stopSweeps();
    for (String channel : histories.keySet()) {
      histories.computeIfPresent(
          channel,
          (name, history) -> {
            end(history);
            return null;
          });
    }
  }
}
