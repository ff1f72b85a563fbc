// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.channels;

import io.socketcluster.client.AGClientOptions;
import java.util.function.Supplier;

/** The names of channels: on the wire they have the prefix of the options. Thread-safe. */
public final class ChannelNames {
  private final Supplier<AGClientOptions> options;

  /** Creates the names of a socket. */
  public ChannelNames(Supplier<AGClientOptions> options) {
    this.options = options;
  }

  /** Returns a name as the server knows it. */
  public String decorated(String name) {
    return options.get().channelPrefix() + name;
  }

  /** Returns a name as the application knows it. */
  String undecorated(String name) {
    String prefix = options.get().channelPrefix();
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }
}
