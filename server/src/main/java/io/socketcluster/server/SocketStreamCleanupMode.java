// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/**
 * The way in which the streams of a closed socket end.
 *
 * <p>With every mode, an idle consumer gets all items that arrived before the close. The final
 * events ({@code disconnect} or {@code connectAbort}, {@code close}, {@code unsubscribe}, {@code
 * end}) reach their listeners. A consumer that is created up to a second after the close gets the
 * retained items, including those events.
 */
public enum SocketStreamCleanupMode {
  /**
   * A consumer that is busy at the close loses its backlog: its loop or handler ends after the
   * current item. A consumer is busy if its thread waits for something within an item, such as a
   * timer, a database or a lock. Listeners to the final events and to {@code error} are never cut
   * short. In all other respects the streams end as with {@link #CLOSE}.
   */
  KILL("kill"),
  /**
   * Consumers of receivers and procedures end as soon as they have handled the items that arrived
   * before the close; idle consumers end at once. Listeners end when no consumer of the socket has
   * pending items, or when a second has passed and they have handled their own backlog. Listeners
   * to {@code error} always receive failures of the closed socket for a second.
   */
  CLOSE("close"),
  /**
   * Consumers handle the items that arrived before the close, and then wait until the application
   * ends the streams, for instance with {@link AGServerSocket#killAllStreams()}.
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
