// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

/** Somebody to whom a broker delivers: the sockets of one event loop, or an exchange. */
@FunctionalInterface
public interface ChannelSubscriber {
  /**
   * Takes a message of a channel that this subscriber has subscribed to. Called in the channel's
   * order, under the channel's lock, on the thread that publishes: it only puts the message in a
   * queue and must neither block nor throw.
   */
  void deliver(ChannelMessage message);
}
