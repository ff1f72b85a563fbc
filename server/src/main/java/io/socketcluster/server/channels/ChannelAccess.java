// SPDX-License-Identifier: MIT
package io.socketcluster.server.channels;

import io.socketcluster.core.AGSocket;
import io.socketcluster.protocol.errors.AGException;

/** Decides who may subscribe or publish to a channel: a part of a {@link ChannelRule}. */
@FunctionalInterface
public interface ChannelAccess {
  /**
   * Returns whether a client may use a channel. Called on a virtual thread, so it may block for at
   * most {@code middlewareTimeout}; the later packets of the socket wait meanwhile.
   *
   * @param socket the {@code AGServerSocket} of the client: its id, its auth token
   * @param channel the name of the channel; for its presence channel, too
   * @throws AGException to tell the client another error than a {@code ForbiddenError}
   * @throws Exception if the rule cannot decide: the client is refused, and the server emits a
   *     {@code warning}
   */
  boolean allows(AGSocket socket, String channel) throws Exception;

  /** Returns an access for every client. */
  static ChannelAccess everyone() {
    return StandardAccess.EVERYONE;
  }

  /** Returns an access for no client. The server itself can publish. */
  static ChannelAccess nobody() {
    return StandardAccess.NOBODY;
  }

  /** Returns an access for sockets with a valid auth token. */
  static ChannelAccess authenticated() {
    return StandardAccess.AUTHENTICATED;
  }

  /** Returns an access that decides from memory: it is called on event loops and must not block. */
  static ChannelAccess nonBlocking(NonBlocking access) {
    return access;
  }

  /** An access that decides from memory. */
  @FunctionalInterface
  interface NonBlocking extends ChannelAccess {
    @Override
    boolean allows(AGSocket socket, String channel);

    @Override
    default boolean isNonBlocking() {
      return true;
    }
  }

  /**
   * Returns whether {@link #allows} decides from memory. It is then called on the event loop and
   * must not block; false by default.
   */
  default boolean isNonBlocking() {
    return false;
  }
}
