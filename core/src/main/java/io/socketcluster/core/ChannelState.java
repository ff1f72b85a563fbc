// SPDX-License-Identifier: MIT
package io.socketcluster.core;

/** The state of a channel as its client sees it. */
public enum ChannelState {
  /** A subscription was asked for and is not confirmed yet. */
  PENDING("pending"),
  /** Messages arrive. */
  SUBSCRIBED("subscribed"),
  /** No messages arrive. */
  UNSUBSCRIBED("unsubscribed");

  private final String value;

  ChannelState(String value) {
    this.value = value;
  }

  /** Returns the name that SocketCluster gives this state. */
  public String value() {
    return value;
  }
}
