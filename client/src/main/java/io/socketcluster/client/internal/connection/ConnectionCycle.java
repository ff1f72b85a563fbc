// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.internal.loop.SocketLoop;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.CloseCode;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection, replaces it when it ends, and gives it up: the states closed, connecting and
 * open. Event loop only, but for the questions.
 */
public final class ConnectionCycle {
  private final SocketLoop loop;
  private final Supplier<AGClientOptions> options;
  private final CurrentConnection current;
  private final Listener listener;
  private final Reconnection reconnection;

  /** Is told how far the cycle is, on the event loop. */
  public interface Listener extends Connection.Listener {
    /** The application wants a connection, and has none. */
    void onConnect();

    /** An attempt begins. */
    void onConnecting();

    /** The connection has ended; there may be another. */
    void onEnded(ConnectionEnd end);
  }

  /** Begins closed. */
  public ConnectionCycle(
      SocketLoop loop,
      Supplier<AGClientOptions> options,
      CurrentConnection current,
      Listener listener) {
    this.loop = loop;
    this.options = options;
    this.current = current;
    this.listener = listener;
    this.reconnection =
        new Reconnection(loop, () -> ThreadLocalRandom.current().nextDouble(), this::connectAgain);
  }

  /** Returns how many attempts were planned since the socket was open. Any thread. */
  public int attempts() {
    return reconnection.attempts();
  }

  /** Returns how long the planned attempt waits in all, or null without one. Any thread. */
  public @Nullable Duration delayOfAttempt() {
    return reconnection.delay();
  }

  // --- The way up ---

  /** The application wants a connection. */
  public void connect() {
    loop.check();
    if (current.state() == SocketState.CLOSED) {
      listener.onConnect();
      begin();
    }
  }

  private void connectAgain() {
    if (current.state() == SocketState.CLOSED) {
      begin();
    }
  }

  private void begin() {
    AGClientOptions present = options.get();
    reconnection.cancel();
    current.connecting(present.connectTimeout());
    listener.onConnecting();
    current.begun(new Connection(loop, present, listener));
  }

  /** Something is to be sent: connects unless that has been done, and anew if it is no use. */
  public void connectIfNeeded() {
    Connection present = current.connection();
    if (present != null && present.isStale()) {
      disconnect(CloseCode.NORMAL, "The connection had been silent for too long and is replaced");
    }
    connect();
  }

  /** The handshake is complete. */
  public void opened(Connection opened, HandshakeStatus status) {
    loop.check();
    current.opened(status);
    opened.watchPings(status.pingTimeout());
    reconnection.succeeded();
  }

  // --- The way down ---

  /** The application wants no connection. */
  public void disconnect(int code, @Nullable String reason) {
    loop.check();
    Connection present = current.connection();
    if (present == null) {
      reconnection.cancel();
      return;
    }
    present.batch().stopBatching(); // what waits leaves before the close frame
    end(present, new ConnectionEnd(isOpen(), code, reason, null));
    present.close(code, reason);
  }

  /** A connection has ended by itself, or was given up. */
  public void ended(
      Connection ended, int code, @Nullable String reason, @Nullable Throwable cause) {
    if (current.isCurrent(ended)) {
      end(ended, ConnectionEnd.of(isOpen(), code, reason, cause));
    }
  }

  private boolean isOpen() {
    return current.state() == SocketState.OPEN;
  }

  private void end(Connection ended, ConnectionEnd end) {
    loop.check();
    current.ended(ended);
    ended.abort(end);
    AGClientOptions present = options.get();
    if (present.autoReconnect()) { // before the events, whose consumers may ask
      reconnection.plan(end.code(), present.autoReconnectOptions());
    }
    listener.onEnded(end);
  }
}
