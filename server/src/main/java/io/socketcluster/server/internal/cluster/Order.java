// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import org.jspecify.annotations.Nullable;

/**
 * An order to every server: an action on sockets, or a count. Immutable.
 *
 * @param channel null for all channels, and where the action has none; a pattern for {@link
 *     Action#RECHECK}
 * @param code the close code of {@link Action#DISCONNECT}
 * @param text what the client is told
 */
record Order(
    Action action, Target target, @Nullable String channel, int code, @Nullable String text) {
  /** The actions, whose names are those on the wire. */
  enum Action {
    COUNT,
    KICK_OUT,
    DISCONNECT,
    DEAUTHENTICATE,
    RECHECK,
    REVOKE
  }

  static Order of(Action action, Target target) {
    return new Order(action, target, null, 0, null);
  }
}
