// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.SocketProtocolError;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.ProtocolVersion;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.SocketEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The life of a socket: connecting, open, closed, and then its streams end. Event loop only, but
 * for {@link #state}.
 */
final class SocketLifecycle {
  private static final int DECISION_LIMIT_MILLIS = 1000;

  private final DefaultServerSocket socket;
  private final Retention retention = new Retention();
  private @Nullable StreamCleanup cleanup; // made at the close
  private volatile SocketState state = SocketState.CONNECTING;
  private boolean saturated;
  private boolean left; // the client has gone, and the socket is not closed yet

  SocketLifecycle(DefaultServerSocket socket) {
    this.socket = socket;
  }

  /** Returns where the socket is in its life. Any thread. */
  SocketState state() {
    return state;
  }

  /** The handshake is complete and has been answered. */
  void open(boolean isAuthenticated, @Nullable AGException authError) {
    state = SocketState.OPEN;
    SocketHost host = socket.host();
    socket.parts().inbound().handshakeEnds();
    if (host.options().batchOnHandshake()) {
      socket
          .parts()
          .writer()
          .batch()
          .startAfterHandshake(host.options().batchOnHandshakeDuration());
    }
    host.onOpen(socket);
    Duration pingTimeout = host.options().pingTimeout();
    socket.emit(
        AGServerSocket.CONNECT,
        new ConnectionEvent.Connect(socket.id(), pingTimeout, isAuthenticated, authError));
    SocketHost.ConnectionMark mark =
        host.emitConnection(
            new ServerEvent.Connection(
                socket, socket.id(), pingTimeout, isAuthenticated, authError));
    retention.begin(mark, System.nanoTime());
    socket.sweepSoon();
    if (!host.options().pingTimeoutDisabled()) {
      beginToAsk();
    }
  }

  /** A server that never pings asks for the version when something depends on it. */
  void askVersion() {
    if (state == SocketState.OPEN && socket.protocolVersion() == ProtocolVersion.DETECT) {
      beginToAsk();
    }
  }

  private void beginToAsk() {
    Duration pingTimeout = socket.host().options().pingTimeout();
    long now = socket.loop().sweep().time().atNextSweep();
    socket.parts().version().begin(now, pingTimeout, socket.parts().pings());
  }

  /** Closes the socket and the connection; what waits to be sent is sent first. */
  void close(int code, @Nullable String reason) {
    close(code, reason, CloseCode.isError(code));
  }

  /** Closes as {@link #close} does, with a code that here means no error. */
  void leave(int code, String reason) {
    close(code, reason, false);
  }

  private void close(int code, @Nullable String reason, boolean isError) {
    if (state == SocketState.CLOSED) {
      return;
    }
    socket.parts().writer().flush();
    finish(code, reason, isError);
    socket.connection().close(code, reason);
  }

  /**
   * The client has gone. What arrived before counts: the socket closes behind what waits for a
   * decision, of the middleware for instance, but no later than the limit.
   */
  void left(int code, String reason) {
    if (state != SocketState.OPEN || !socket.parts().inbound().awaitsDecision()) {
      finish(code, reason);
    } else if (!left) {
      left = true;
      socket.parts().inbound().mark(() -> finish(code, reason));
      socket
          .loop()
          .eventLoop()
          .schedule(() -> finish(code, reason), DECISION_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Closes the socket because the connection is closed or will be; returns false if it was. */
  boolean finish(int code, @Nullable String givenReason) {
    return finish(code, givenReason, CloseCode.isError(code));
  }

  private boolean finish(int code, @Nullable String givenReason, boolean isError) {
    if (state == SocketState.CLOSED) {
      return false;
    }
    boolean wasOpen = state == SocketState.OPEN;
    state = SocketState.CLOSED;
    socket.parts().streams().keepLastEvents();
    socket.parts().writer().discard();
    socket.parts().inbound().order().stop(); // nothing that has arrived already is executed
    socket.parts().middleware().kill();
    socket.parts().writer().killMiddleware();
    String reason = givenReason == null || givenReason.isEmpty() ? reasonOf(code) : givenReason;
    socket.parts().outbound().abort(wasOpen ? "disconnect" : "connectAbort", code, reason);
    SocketEvents events = socket.parts().events();
    events.closed(wasOpen, code, reason);
    socket.host().onClosed(socket);
    if (isError) {
      events.error(new SocketProtocolError(messageOf(code, reason), code));
    }
    socket.parts().endSubscriptions();
    socket.emit(AGServerSocket.END, new SocketEvent.End());
    retention.beginAgain(System.nanoTime());
    socket.sweepSoon();
    cleanup().begin();
    return true;
  }

  /** When streams keep as much as they may, the packets that follow wait until that is over. */
  void holdIfSaturated() {
    if (!saturated && !retention.isOver() && socket.parts().streams().isSaturated()) {
      saturated = true;
      socket.sweepSoon();
      socket.parts().inbound().order().hold();
    }
  }

  /** Ends the streams of a socket that will not be swept any more. */
  void endStreams() {
    cleanup().finish();
  }

  /**
   * Ends what the application has had the time for; a closed socket is forgotten then. Returns in
   * how many nanoseconds it wants to look again.
   */
  long sweep(long now) {
    if (retention.ends(now)) {
      socket.parts().streams().release();
      socket.parts().dispatcher().endOfKeeping();
    }
    if (saturated && (retention.isOver() || !socket.parts().streams().isSaturated())) {
      saturated = false;
      socket.parts().inbound().order().release();
    }
    if (state == SocketState.CLOSED && retention.isOver()) {
      cleanup().finish();
      socket.loop().sweep().remove(socket);
    }
    return saturated ? 0 : retention.next(now);
  }

  private StreamCleanup cleanup() {
    StreamCleanup existing = cleanup;
    if (existing == null) {
      existing =
          new StreamCleanup(
              socket.host().options().socketStreamCleanupMode(),
              socket.parts().streams(),
              socket.loop().eventLoop());
      cleanup = existing;
    }
    return existing;
  }

  private static @Nullable String reasonOf(int code) {
    String reason = CloseCode.reasonOf(code);
    return reason.isEmpty() ? null : reason;
  }

  private static String messageOf(int code, @Nullable String reason) {
    String known = CloseCode.reasonOf(code);
    if (!known.isEmpty()) {
      return known;
    }
    String message = "Socket connection closed with status code " + code;
    return reason == null ? message : message + " and reason: " + reason;
  }
}
