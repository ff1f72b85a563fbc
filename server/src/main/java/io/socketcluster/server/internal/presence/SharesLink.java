// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.presence;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.protocol.Payload;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries the shares between the servers, on a channel that no client can use. Thread-safe. */
final class SharesLink implements ChannelSubscriber {
  private static final int MOST_WAITING = 10_000;

  private final AGBrokerEngine engine;
  private final String self;
  private final String channel;
  private final ConcurrentLinkedQueue<Share> heard = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  SharesLink(AGBrokerEngine engine, String self) {
    this.engine = engine;
    this.self = self;
    this.channel = engine.serversChannel() + "/presence";
  }

  void join() {
    engine.subscribe(this, channel);
    tell(Share.hello(self));
  }

  /** Returns whether the others can be told something. */
  boolean isReady() {
    return engine.isReady();
  }

  /** Tells the others; without effect while they cannot be told, because all is told again. */
  void tell(Share share) {
    if (engine.isReady()) {
      engine.transmitPublish(channel, share.toPayload());
    }
  }

  /** Gives what was heard to somebody, in its order. */
  void takeHeard(Consumer<Share> taker) {
    Share next = heard.poll();
    while (next != null) {
      waiting.decrementAndGet();
      taker.accept(next);
      next = heard.poll();
    }
  }

  void leave() {
    engine.unsubscribe(this, channel);
    tell(Share.farewell(self));
  }

  @Override
  public void deliver(ChannelMessage message) {
    Share share = waiting.get() < MOST_WAITING ? read(message.data()) : null;
    if (share != null && !share.server().equals(self)) {
      waiting.incrementAndGet();
      heard.add(share);
    }
  }

  private static @Nullable Share read(@Nullable Payload data) {
    try {
      return Share.of(data);
    } catch (RuntimeException e) { // of a value that this server's limits do not allow
      return null;
    }
  }
}
