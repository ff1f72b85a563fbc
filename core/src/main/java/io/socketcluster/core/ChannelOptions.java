// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a channel is subscribed. A client sends the options along; an exchange, which needs no
 * authentication and never subscribes again, only remembers them. Immutable if the data is.
 */
public final class ChannelOptions {
  /** No waiting, no priority, no data. */
  public static final ChannelOptions DEFAULT = new ChannelOptions(false, null, null);

  private final boolean waitForAuth;
  private final @Nullable Integer priority;
  private final @Nullable Object data;

  private ChannelOptions(boolean waitForAuth, @Nullable Integer priority, @Nullable Object data) {
    this.waitForAuth = waitForAuth;
    this.priority = priority;
    this.data = data;
  }

  /** Returns these options for a channel that stays pending until the socket is authenticated. */
  public ChannelOptions withWaitForAuth() {
    return new ChannelOptions(true, priority, data);
  }

  /** Returns these options with a priority: higher ones are subscribed first on a reconnect. */
  public ChannelOptions withPriority(int value) {
    return new ChannelOptions(waitForAuth, value, data);
  }

  /** Returns these options with data, which the middleware of the server is shown. */
  public ChannelOptions withData(Object value) {
    return new ChannelOptions(waitForAuth, priority, value);
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChannelOptions that
        && waitForAuth == that.waitForAuth
        && Objects.equals(priority, that.priority)
        && Objects.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Objects.hash(waitForAuth, priority, data);
  }

  @Override
  public String toString() {
    return "ChannelOptions[waitForAuth="
        + waitForAuth
        + ", priority="
        + priority
        + ", data="
        + data
        + "]";
  }
}
