// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/**
 * The fate of a socket's subscriptions that depended on a token when it expires. Subscriptions made
 * without a token are never affected. A token that replaces another token before it expires takes
 * over its subscriptions. A logout does not end them before the token would have expired.
 */
public enum ExpiredTokenSubscriptions {
  /**
   * The subscriptions end, and the client gets a kick-out for each. Subscriptions with {@code
   * waitForAuth} are suspended without a kick-out, and resume when the socket is authenticated
   * again and the middleware allows it.
   */
  DROP,
  /**
   * The inbound middleware decides each subscription again, as a subscribe with {@code
   * authTokenExpiredError}. Blocked subscriptions end as with {@link #DROP}.
   */
  RECHECK,
  /** The subscriptions stay, as in SocketCluster for Node. */
  KEEP
}
