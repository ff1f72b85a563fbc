// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

/** A receiver of a broker's deliveries: the sockets of one event loop, or an exchange. */
@FunctionalInterface
public interface ChannelSubscriber {
  /**
   * Accepts a message of a channel to which this subscriber has subscribed. Called in the channel's
   * order, under the channel's lock, on the publishing thread. It must only add the message to a
   * queue, and neither block nor throw.
   */
  void deliver(ChannelMessage message);
}
