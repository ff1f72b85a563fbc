// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import io.socketcluster.core.AsyncStreamEmitter;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelFamily;
import io.socketcluster.core.EventName;

/**
 * The server's own client of the broker: publishes to channels and consumes them on the server
 * side. What it publishes passes no inbound middleware. Thread-safe.
 */
public interface AGExchange extends AsyncStreamEmitter, ChannelFamily {
  /** The exchange subscribed to a channel. */
  EventName<ChannelEvent.Subscribe> SUBSCRIBE = ChannelEvent.SUBSCRIBE;

  /** The exchange unsubscribed from a channel. */
  EventName<ChannelEvent.Unsubscribe> UNSUBSCRIBE = ChannelEvent.UNSUBSCRIBE;
}
