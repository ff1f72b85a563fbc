// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import io.socketcluster.core.SocketState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The connection of this moment, if there is one, and its state. Written on the event loop, read by
 * any thread.
 */
public final class CurrentConnection {
  private volatile SocketState state = SocketState.CLOSED;
  private volatile @Nullable Connection connection; // null while closed
  private volatile @Nullable String id; // null unless open
  private volatile Duration pingTimeout;
  private volatile long bytesOfLastConnection;

  /**
   * Begins without a connection.
   *
   * @param pingTimeout holds until a server has told its own
   */
  public CurrentConnection(Duration pingTimeout) {
    this.pingTimeout = pingTimeout;
  }

  /** Returns the state of the socket. */
  public SocketState state() {
    return state;
  }

  /** Returns the connection, which may be on its way up; null while the socket is closed. */
  public @Nullable Connection connection() {
    return connection;
  }

  /** Returns the connection if its handshake is complete, else null. */
  public @Nullable Connection open() {
    return state == SocketState.OPEN ? connection : null;
  }

  /** Returns whether a connection is the one of this moment. */
  @SuppressWarnings("ReferenceEquality") // one connection is not another
  public boolean isCurrent(Connection candidate) {
    return connection == candidate;
  }

  /** Returns the id that the server gave the socket; null unless the socket is open. */
  public @Nullable String id() {
    return id;
  }

  /** Returns how long the server may be silent. */
  public Duration pingTimeout() {
    return pingTimeout;
  }

  /** Returns how many bytes arrived on this connection, or on the last while there is none. */
  public long bytesReceived() {
    Connection present = connection;
    return present == null ? bytesOfLastConnection : present.bytesReceived();
  }

  void connecting(Duration timeout) {
    state = SocketState.CONNECTING;
    pingTimeout = timeout;
  }

  void begun(Connection begun) {
    connection = begun;
  }

  void opened(HandshakeStatus status) {
    state = SocketState.OPEN;
    id = status.id();
    pingTimeout = status.pingTimeout();
  }

  void ended(Connection ended) {
    bytesOfLastConnection = ended.bytesReceived();
    connection = null;
    state = SocketState.CLOSED;
    id = null;
  }
}
