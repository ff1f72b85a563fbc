// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import org.jspecify.annotations.Nullable;

/**
 * What a subscription was asked for with. A client sends it along; an exchange, which needs no
 * authentication and never has to subscribe again, only remembers it. Immutable if its data is.
 *
 * @param waitForAuth whether the channel stays pending until the socket is authenticated
 * @param priority channels with a higher one are subscribed first after a reconnect; null is none
 * @param data what the middleware of the server is shown
 */
public record ChannelOptions(
    boolean waitForAuth, @Nullable Integer priority, @Nullable Object data) {
  /** No waiting, no priority, no data. */
  public static final ChannelOptions NONE = new ChannelOptions(false, null, null);

  /** Returns these options for a channel that waits until the socket is authenticated. */
  public ChannelOptions withWaitForAuth() {
    return new ChannelOptions(true, priority, data);
  }

  /** Returns these options with another priority. */
  public ChannelOptions withPriority(int value) {
    return new ChannelOptions(waitForAuth, value, data);
  }

  /** Returns these options with other data. */
  public ChannelOptions withData(Object value) {
    return new ChannelOptions(waitForAuth, priority, value);
  }
}
