// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import io.socketcluster.core.ChannelOptions;
import io.socketcluster.core.ChannelState;

/** A channel that the application wants. Changed on the event loop, read by any thread. */
final class ClientChannel {
  private static final long NONE = 0; // ids are counted from 1

  private final String name;
  private final long order;
  private volatile ChannelOptions options;
  private volatile ChannelState state = ChannelState.PENDING;
  private long pendingCid = NONE; // event loop only

  /**
   * @param order a channel that was wanted earlier has a lower one
   */
  ClientChannel(String name, long order, ChannelOptions options) {
    this.name = name;
    this.order = order;
    this.options = options;
  }

  String name() {
    return name;
  }

  long order() {
    return order;
  }

  ChannelOptions options() {
    return options;
  }

  void options(ChannelOptions value) {
    options = value;
  }

  int priority() {
    Integer priority = options.priority();
    return priority == null ? 0 : priority;
  }

  ChannelState state() {
    return state;
  }

  void state(ChannelState value) {
    state = value;
  }

  /** The server is asked for the subscription with this call. */
  void asked(long cid) {
    pendingCid = cid;
  }

  /** The answer has come, or will not. */
  void answered() {
    pendingCid = NONE;
  }

  boolean isAsked() {
    return pendingCid != NONE;
  }

  long pendingCid() {
    return pendingCid;
  }
}
