// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import io.socketcluster.core.AsyncStreamEmitter;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelFamily;
import io.socketcluster.core.EventName;
import io.socketcluster.protocol.DataMapper;
import java.util.Objects;

/**
 * The server's own client of the broker: publishes to channels and consumes them on the server
 * side. What it publishes passes no inbound middleware. Thread-safe.
 */
public interface AGExchange extends AsyncStreamEmitter, ChannelFamily {
  /** The exchange subscribed to a channel. */
  EventName<ChannelEvent.Subscribe> SUBSCRIBE = ChannelEvent.SUBSCRIBE;

  /** The engine refused a subscription of the exchange. */
  EventName<ChannelEvent.SubscribeFail> SUBSCRIBE_FAIL = ChannelEvent.SUBSCRIBE_FAIL;

  /** The exchange unsubscribed from a channel. */
  EventName<ChannelEvent.Unsubscribe> UNSUBSCRIBE = ChannelEvent.UNSUBSCRIBE;

  /**
   * Creates the exchange of an engine: one more of its subscribers. For engines, which each have
   * one.
   */
  static AGExchange of(AGBrokerEngine engine) {
    return new EngineExchange(Objects.requireNonNull(engine, "engine"));
  }

  /** Returns this exchange with another mapper for what its channels receive and publish. */
  default AGExchange withMapper(DataMapper mapper) {
    return new MappedExchange(this, mapper);
  }

  /** Returns how much the slowest consumer of any listener or channel has not taken yet. */
  default int getBackpressure() {
    return Math.max(getAllListenersBackpressure(), getAllChannelsBackpressure());
  }
}
