// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/**
 * How the streams of a socket end after it has closed.
 *
 * <p>With every mode an idle consumer gets all that arrived before the close, the events of the end
 * ({@code disconnect} or {@code connectAbort}, {@code close}, {@code unsubscribe}, {@code end})
 * reach their listeners, and a consumer that comes up to a second after the close finds what has
 * been kept for it, those events included.
 */
public enum SocketStreamCleanupMode {
  /**
   * A consumer that is busy at the close loses what waits behind its item in hand; the loop or
   * handler ends after that item. A consumer is busy if its thread waits for something within an
   * item: a timer, a database, a lock. Listeners to the events of the end and to {@code error} are
   * never cut short. Apart from that the streams end as with {@link #CLOSE}.
   */
  KILL("kill"),
  /**
   * Consumers of receivers and procedures end as soon as they have handled what arrived before the
   * close: at once if they are idle. Listeners end when none of the consumers of the socket has
   * anything left to do, or when a second has passed and they have handled their own backlog;
   * listeners to {@code error} always hear for a second what goes wrong on the closed socket.
   */
  CLOSE("close"),
  /**
   * Consumers handle what arrived before the close, and wait until the application ends the
   * streams, for instance by {@link AGServerSocket#killAllStreams()}.
   */
  NONE("none");

  private final String value;

  SocketStreamCleanupMode(String value) {
    this.value = value;
  }

  /** Returns the name that SocketCluster gives this mode. */
  public String value() {
    return value;
  }
}
