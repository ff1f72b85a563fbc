// SPDX-License-Identifier: MIT
package io.socketcluster.core;

/** The state of a channel from its client's point of view. */
public enum ChannelState {
  /** A subscription was requested and is not confirmed yet. */
  PENDING("pending"),
  /** Messages arrive. */
  SUBSCRIBED("subscribed"),
  /** No messages arrive. */
  UNSUBSCRIBED("unsubscribed");

  private final String value;

  ChannelState(String value) {
    this.value = value;
  }

  /** Returns SocketCluster's name of this state. */
  public String value() {
    return value;
  }
}
