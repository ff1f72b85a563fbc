// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.channels;

import io.socketcluster.core.ChannelOptions;
import io.socketcluster.core.ChannelState;
import io.socketcluster.core.deltas.DeltaValues;
import io.socketcluster.protocol.Payload;
import org.jspecify.annotations.Nullable;

/** A channel that the application wants. Changed on the event loop, read by any thread. */
final class ClientChannel {
  private static final long NONE = 0; // ids are counted from 1

  private final String name;
  private final long order;
  private volatile ChannelOptions options;
  private volatile ChannelState state = ChannelState.PENDING;
  private @Nullable Payload data; // event loop only, as is the rest
  private @Nullable DeltaValues values; // of a channel whose server sends differences
  private @Nullable Position position; // in the history of a channel that recovers
  private boolean isMisfit; // a difference did not fit on this connection
  private long pendingCid = NONE;

  /**
   * @param order a channel that was wanted earlier has a lower one
   */
  ClientChannel(String name, long order, ChannelOptions options, @Nullable Payload data) {
    this.name = name;
    this.order = order;
    this.options = options;
    this.data = data;
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

  /** Returns the data of the options, as it is sent. */
  @Nullable Payload data() {
    return data;
  }

  void options(ChannelOptions value, @Nullable Payload itsData) {
    options = value;
    data = itsData;
  }

  /** Returns where a channel that recovers is in its history, or null. */
  @Nullable Position position() {
    return position;
  }

  void position(Position reached) {
    position = reached;
  }

  /** Returns the values that differences belong to, or null if none were asked for. */
  @Nullable DeltaValues values() {
    return values;
  }

  /** Returns whether a difference did not fit since the connection was made. */
  boolean isMisfit() {
    return isMisfit;
  }

  void misfit(boolean value) {
    isMisfit = value;
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
    values = options.deltas() ? new DeltaValues() : null;
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
