// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

/** A subscription that a publish is on its way to. Event loop only. */
public interface Recipient {
  /** Returns the name of the channel. */
  String channelName();

  /** Returns whether the subscription has ended. */
  boolean hasLeft();
}
