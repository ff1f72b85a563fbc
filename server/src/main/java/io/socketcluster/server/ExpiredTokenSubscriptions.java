// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/**
 * What becomes of the channels that a socket subscribed to while it had a token, when that token
 * expires. What it subscribed to without a token is never touched. A token that replaces another in
 * time takes its channels over; taking a token away before its time does not end them before.
 */
public enum ExpiredTokenSubscriptions {
  /**
   * They end, and the client is told by a kick-out. Those that it subscribed to with {@code
   * waitForAuth} rest instead, without a kick-out: they go on when the socket is authenticated
   * again and the middleware allows it.
   */
  DROP,
  /**
   * The inbound middleware is asked about each of them again, as about a subscribe with {@code
   * authTokenExpiredError}. What it blocks ends as with {@link #DROP}.
   */
  RECHECK,
  /** They stay, as in SocketCluster for Node. */
  KEEP
}
