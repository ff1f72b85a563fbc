// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a channel is subscribed. A client sends the options along; an exchange, which needs no
 * authentication and never subscribes again, only remembers them. Immutable if the data is.
 */
public final class ChannelOptions {
  private static final int NO_RECOVERY = -1;

  /** No waiting, no priority, no data, no recovery. */
  public static final ChannelOptions DEFAULT =
      new ChannelOptions(false, null, null, NO_RECOVERY, false);

  private final boolean waitForAuth;
  private final @Nullable Integer priority;
  private final @Nullable Object data;
  private final int lastMessages;
  private final boolean deltas;

  private ChannelOptions(
      boolean waitForAuth,
      @Nullable Integer priority,
      @Nullable Object data,
      int lastMessages,
      boolean deltas) {
    this.waitForAuth = waitForAuth;
    this.priority = priority;
    this.data = data;
    this.lastMessages = lastMessages;
    this.deltas = deltas;
  }

  /** Returns these options for a channel that stays pending until the socket is authenticated. */
  public ChannelOptions withWaitForAuth() {
    return new ChannelOptions(true, priority, data, lastMessages, deltas);
  }

  /** Returns these options with a priority: higher ones are subscribed first on a reconnect. */
  public ChannelOptions withPriority(int value) {
    return new ChannelOptions(waitForAuth, value, data, lastMessages, deltas);
  }

  /** Returns these options with data, which the middleware of the server is shown. */
  public ChannelOptions withData(Object value) {
    return new ChannelOptions(waitForAuth, priority, value, lastMessages, deltas);
  }

  /**
   * Returns these options for a channel that misses nothing: after each reconnect a client receives
   * what was published meanwhile, once and in order, or the channel emits {@link ChannelEvent#GAP}.
   * The server needs a policy with a history for the channel. If there is {@link #data()}, it has
   * to be an object.
   */
  public ChannelOptions withRecovery() {
    return withRecovery(0);
  }

  /**
   * Returns these options for a channel that misses nothing, and begins with messages of the past.
   *
   * @param last how many of the newest messages are received at first; zero or more
   * @throws InvalidArgumentsError if {@code last} is negative
   */
  public ChannelOptions withRecovery(int last) {
    if (last < 0) {
      throw new InvalidArgumentsError("last is " + last + "; allowed: 0 or more");
    }
    return new ChannelOptions(waitForAuth, priority, data, last, deltas);
  }

  /**
   * Returns these options for a channel whose values the server sends as the difference to the
   * value before, where its policy allows that. The application receives whole values. If there is
   * {@link #data()}, it has to be an object.
   */
  public ChannelOptions withDeltas() {
    return new ChannelOptions(waitForAuth, priority, data, lastMessages, true);
  }

  /** Returns whether the channel stays pending until the socket is authenticated. */
  public boolean waitForAuth() {
    return waitForAuth;
  }

  /** Returns the priority, or null for none. */
  public @Nullable Integer priority() {
    return priority;
  }

  /** Returns the data that the middleware of the server is shown, or null. */
  public @Nullable Object data() {
    return data;
  }

  /** Returns whether the channel receives after a reconnect what it has missed. */
  public boolean recovers() {
    return lastMessages != NO_RECOVERY;
  }

  /** Returns with how many messages of the past a channel that recovers begins. */
  public int lastMessages() {
    return Math.max(0, lastMessages);
  }

  /** Returns whether the server may send differences. */
  public boolean deltas() {
    return deltas;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChannelOptions that
        && waitForAuth == that.waitForAuth
        && lastMessages == that.lastMessages
        && deltas == that.deltas
        && Objects.equals(priority, that.priority)
        && Objects.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Objects.hash(waitForAuth, priority, data, lastMessages, deltas);
  }

  @Override
  public String toString() {
    return "ChannelOptions[waitForAuth="
        + waitForAuth
        + ", priority="
        + priority
        + ", data="
        + data
        + (recovers() ? ", recovery, last=" + lastMessages : "")
        + (deltas ? ", deltas" : "")
        + "]";
  }
}
