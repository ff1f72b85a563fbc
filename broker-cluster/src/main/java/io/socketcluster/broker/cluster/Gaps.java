// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.broker.AGExchange;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.core.ChannelEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Announces when messages of other machines may be missing: when a gap begins and again when it has
 * ended, as an event of the engine and of each channel that the exchange has subscribed to.
 * Thread-safe.
 */
final class Gaps {
  private final Consumer<BrokerEvent.Gap> engine;
  private final AGExchange exchange;
  private final Clock clock;

  @GuardedBy("this")
  private BrokerEvent.@Nullable Gap open;

  private boolean announced;

  /** Creates the gaps of an engine that has no connection yet: one has begun, unannounced. */
  Gaps(Consumer<BrokerEvent.Gap> engine, AGExchange exchange, Clock clock, String reason) {
    this.engine = engine;
    this.exchange = exchange;
    this.clock = clock;
    this.open = new BrokerEvent.Gap(reason, clock.instant(), null);
  }

  /** A gap is noticed that has begun earlier. */
  synchronized void begin(String reason, Instant since) {
    open = new BrokerEvent.Gap(reason, since, null);
    announced = true;
    announce(open);
  }

  /**
   * Ends the gap. That is announced if the beginning was, or if anybody has felt it.
   *
   * @param isFelt whether anybody was subscribed meanwhile
   */
  synchronized void end(boolean isFelt) {
    BrokerEvent.Gap ended = open;
    open = null;
    if (ended != null && (announced || isFelt)) {
      announce(new BrokerEvent.Gap(ended.reason(), ended.since(), clock.instant()));
    }
  }

  /** Announces a gap that is over already. */
  synchronized void passed(String reason) {
    Instant now = clock.instant();
    announce(new BrokerEvent.Gap(reason, now, now));
  }

  /** Announces a gap that is over already, and began earlier. */
  synchronized void passed(String reason, Instant since) {
    announce(new BrokerEvent.Gap(reason, since, clock.instant()));
  }

  /** Tells the exchange, which has just subscribed to a channel, about a gap that lasts. */
  synchronized void tell(String channel) {
    if (open != null) {
      announce(channel, open);
    }
  }

  private void announce(BrokerEvent.Gap gap) {
    engine.accept(gap);
    exchange.subscriptions(true).forEach(channel -> announce(channel, gap));
  }

  private void announce(String channel, BrokerEvent.Gap gap) {
    exchange.emitChannelEvent(
        ChannelEvent.GAP, new ChannelEvent.Gap(channel, gap.reason(), gap.since(), gap.until()));
  }
}
