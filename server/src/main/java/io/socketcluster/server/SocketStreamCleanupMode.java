// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/**
 * What happens to the streams of a socket that has closed. With every mode its events can be
 * consumed for a second more, by consumers that come late.
 */
public enum SocketStreamCleanupMode {
  /**
   * Consumers that have a backlog lose it: who is quick has handled what came before the close, who
   * is behind stops after the item in hand, a tenth of a second later. Then all streams end.
   */
  KILL("kill"),
  /** Consumers finish their backlog, then all streams end. */
  CLOSE("close"),
  /** Consumers finish their backlog and wait; the application ends the streams. */
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
