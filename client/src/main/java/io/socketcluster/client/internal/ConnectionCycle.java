// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.ClientEvent;
import io.socketcluster.client.internal.transport.RefusedUpgradeException;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.SocketProtocolError;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * From one connection to the next: closed, connecting, open, closed. Event loop only, but for the
 * questions.
 */
final class ConnectionCycle {
  private final DefaultClientSocket socket;
  private final SocketLoop loop;
  private final Reconnection reconnection;
  private volatile SocketState state = SocketState.CLOSED;
  private volatile @Nullable Connection connection; // null while closed
  private volatile @Nullable String id; // null unless open
  private volatile Duration pingTimeout;
  private volatile long bytesOfLastConnection;

  ConnectionCycle(DefaultClientSocket socket, SocketLoop loop) {
    this.socket = socket;
    this.loop = loop;
    this.pingTimeout = socket.options().connectTimeout();
    this.reconnection =
        new Reconnection(loop, () -> ThreadLocalRandom.current().nextDouble(), this::connectAgain);
  }

  // --- Questions, for any thread ---

  SocketState state() {
    return state;
  }

  @Nullable String id() {
    return id;
  }

  @Nullable Connection connection() {
    return connection;
  }

  Duration pingTimeout() {
    return pingTimeout;
  }

  Reconnection reconnection() {
    return reconnection;
  }

  long bytesReceived() {
    Connection present = connection;
    return present == null ? bytesOfLastConnection : present.bytesReceived();
  }

  // --- The way up ---

  /** The application wants a connection. */
  void connect() {
    loop.check();
    if (state == SocketState.CLOSED) {
      socket.parts().streams().retain();
      begin();
    }
  }

  private void connectAgain() {
    if (state == SocketState.CLOSED) {
      begin();
    }
  }

  private void begin() {
    AGClientOptions options = socket.options();
    reconnection.cancel();
    state = SocketState.CONNECTING;
    pingTimeout = options.connectTimeout();
    socket.parts().events().emit(AGClientSocket.CONNECTING, new ClientEvent.Connecting());
    connection = new Connection(socket, loop, options);
  }

  /** Something is to be sent: connects unless that has been done, and anew if it is no use. */
  void connectIfNeeded() {
    Connection present = connection;
    if (present != null && present.isStale()) {
      disconnect(CloseCode.NORMAL, "The connection had been silent for too long and is replaced");
    }
    connect();
  }

  @SuppressWarnings("ReferenceEquality") // one connection is not another
  boolean isCurrent(Connection candidate) {
    return connection == candidate;
  }

  /** The handshake is complete; the rest is as {@link Authentication#handshaken} says. */
  void opened(
      Connection present, HandshakeStatus status, @Nullable String token, int removalsBefore) {
    loop.check();
    ClientParts parts = socket.parts();
    state = SocketState.OPEN;
    id = status.id();
    pingTimeout = status.pingTimeout();
    present.watchPings(status.pingTimeout());
    parts.batching().opened(present);
    parts.channels().prepare();
    parts.authentication().handshaken(present, status, token, removalsBefore);
    reconnection.succeeded();
    if (socket.options().autoSubscribeOnConnect()) {
      parts.channels().processPending();
    }
    socket
        .parts()
        .events()
        .emit(
            AGClientSocket.CONNECT,
            new ConnectionEvent.Connect(
                status.id(), status.pingTimeout(), status.isAuthenticated(), status.authError()));
    parts.outbound().flush();
    parts.streams().releaseSoon();
  }

  /** A handler has answered a call of the server, perhaps too late. Any thread. */
  void respond(Connection asked, ResponsePacket response) {
    loop.run(
        () -> {
          if (isCurrent(asked)) {
            asked.answer(response);
          } else {
            socket
                .parts()
                .events()
                .error(
                    new BadConnectionError(
                        "The answer to call " + response.rid() + " came after the disconnect",
                        "disconnect"));
          }
        });
  }

  // --- The way down ---

  /** The application wants no connection. */
  void disconnect(int code, @Nullable String reason) {
    loop.check();
    Connection present = connection;
    if (present == null) {
      reconnection.cancel();
      return;
    }
    present.batch().stopBatching(); // what waits leaves before the close frame
    end(present, code, reason, null);
    present.close(code, reason);
  }

  /** A connection has ended by itself, or was given up. */
  void ended(Connection ended, int code, @Nullable String reason, @Nullable Throwable cause) {
    if (isCurrent(ended)) {
      String text = CloseCode.reasonOf(code);
      boolean isSilent = reason == null || reason.isEmpty();
      end(ended, code, isSilent ? (text.isEmpty() ? null : text) : reason, cause);
    }
  }

  private void end(Connection ended, int code, @Nullable String reason, @Nullable Throwable cause) {
    loop.check();
    ClientParts parts = socket.parts();
    boolean wasOpen = state == SocketState.OPEN;
    String failureType = wasOpen ? "disconnect" : "connectAbort";
    bytesOfLastConnection = ended.bytesReceived();
    connection = null;
    state = SocketState.CLOSED;
    id = null;
    ended.abort(failureType, code, reason);
    parts.authentication().removal().abandon();
    parts.events().pause(); // the calls have failed before anything is told
    parts.channels().suspend();
    if (socket.options().autoReconnect()) { // before the events, whose consumers may ask
      reconnection.plan(code, socket.options().autoReconnectOptions());
    }
    ConnectionEvent.Closed event = new ConnectionEvent.Closed(code, reason);
    parts.events().emit(wasOpen ? AGClientSocket.DISCONNECT : AGClientSocket.CONNECT_ABORT, event);
    parts.events().emit(AGClientSocket.CLOSE, event);
    if (CloseCode.isError(code)) {
      parts.events().error(error(code, reason, cause));
    }
    parts.outbound().abort(failureType, code, reason);
    parts.handOver().whenFailuresArrived(parts.events()::resume);
    parts.streams().releaseSoon();
  }

  private static SocketProtocolError error(
      int code, @Nullable String reason, @Nullable Throwable cause) {
    return new SocketProtocolError(message(code, reason, cause), code, cause);
  }

  /** An upgrade that was refused has the same code as any lost connection: why counts. */
  private static String message(int code, @Nullable String reason, @Nullable Throwable cause) {
    String known = CloseCode.reasonOf(code);
    String message = known.isEmpty() ? "Socket connection closed with status code " + code : known;
    if (cause instanceof RefusedUpgradeException refusal) {
      return message + ": " + refusal.getMessage();
    }
    return known.isEmpty() && reason != null ? message + " and reason: " + reason : message;
  }
}
