// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.netty.channel.EventLoop;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.protocol.errors.SilentMiddlewareBlockedError;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.SocketState;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks the inbound middleware of a socket about its packets, one after the other. Event loop only;
 * decisions come back to it from whatever thread takes them.
 */
final class InboundMiddleware {
  private final AGServerSocket socket;
  private final EventLoop loop;
  private final InboundOrder order;
  private final SocketEvents events;
  private final boolean emitFailures;
  private final @Nullable ActionStream actions;

  /**
   * Creates the line of a socket.
   *
   * @param actions where the actions are written, or null when there is no middleware
   */
  InboundMiddleware(
      AGServerSocket socket,
      EventLoop loop,
      InboundOrder order,
      SocketEvents events,
      boolean emitFailures,
      @Nullable ActionStream actions) {
    this.socket = socket;
    this.loop = loop;
    this.order = order;
    this.events = events;
    this.emitFailures = emitFailures;
    this.actions = actions;
  }

  /** Returns whether there is nobody to ask. */
  boolean isAbsent() {
    return actions == null;
  }

  /**
   * Asks about a packet; exactly one of the two is called, now if there is no middleware and later
   * on the event loop otherwise, unless the socket is closed by then.
   */
  void ask(
      AGAction.Type type,
      String target,
      @Nullable Payload data,
      @Nullable AuthTokenExpiredError expired,
      Consumer<@Nullable Payload> allowed,
      Consumer<Throwable> blocked) {
    ActionStream stream = actions;
    if (stream == null) {
      allowed.accept(data);
      return;
    }
    order.hold();
    stream.write(
        new PendingAction(socket, type, target, data, expired, new Return(type, allowed, blocked)));
  }

  /** Asks about a token, in the same way. */
  void askAuthenticate(
      String signedToken, JsonNode token, Runnable allowed, Consumer<Throwable> blocked) {
    ActionStream stream = actions;
    if (stream == null) {
      allowed.run();
      return;
    }
    order.hold();
    Return decision = new Return(AGAction.Type.AUTHENTICATE, ignored -> allowed.run(), blocked);
    stream.write(PendingAction.authenticate(socket, signedToken, token, decision));
  }

  /** Ends the middleware of this socket; what waits for its decision waits in vain. */
  void kill() {
    ActionStream stream = actions;
    if (stream != null) {
      stream.kill();
    }
  }

  /** The way back of a decision to the event loop. */
  private final class Return implements PendingAction.Decision {
    private final AGAction.Type type;
    private final Consumer<@Nullable Payload> allowed;
    private final Consumer<Throwable> blocked;

    Return(AGAction.Type type, Consumer<@Nullable Payload> allowed, Consumer<Throwable> blocked) {
      this.type = type;
      this.allowed = allowed;
      this.blocked = blocked;
    }

    @Override
    public void allowed(@Nullable Payload data) {
      LoopTasks.run(loop, () -> finish(() -> allowed.accept(data)));
    }

    @Override
    public void blocked(@Nullable Throwable error) {
      LoopTasks.run(loop, () -> finish(() -> blocked.accept(refuse(error))));
    }

    private void finish(Runnable step) {
      try {
        if (socket.state() != SocketState.CLOSED) {
          step.run();
        }
      } finally {
        order.release();
      }
    }

    /** Returns what the client is told; the server is told all of it. */
    private Throwable refuse(@Nullable Throwable error) {
      Throwable reason = error == null ? silently() : error;
      if (emitFailures) {
        events.error(reason);
      }
      return isSilent(reason) ? silently() : reason;
    }

    private SilentMiddlewareBlockedError silently() {
      String line = MiddlewareLine.INBOUND.value();
      return new SilentMiddlewareBlockedError(
          "The " + type.value() + " AGAction was blocked by " + line + " middleware", line);
    }
  }

  private static boolean isSilent(Throwable error) {
    return error instanceof AGException named
        && Boolean.TRUE.equals(named.properties().get("silent"));
  }
}
