// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.internal.middleware.ActionLine;
import io.socketcluster.server.internal.middleware.MessageAction;
import io.socketcluster.server.internal.middleware.PendingAction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the middleware of a socket about what comes in; the packets after it wait for the decision.
 * Event loop only.
 */
final class InboundMiddleware {
  private final AGServerSocket socket;
  private final InboundOrder order;
  private final ActionLine handshake;
  private final ActionLine raw;
  private final ActionLine inbound;

  InboundMiddleware(
      AGServerSocket socket,
      InboundOrder order,
      ActionLine handshake,
      ActionLine raw,
      ActionLine inbound) {
    this.socket = socket;
    this.order = order;
    this.handshake = handshake;
    this.raw = raw;
    this.inbound = inbound;
  }

  /** Returns whether there is nobody to ask about packets. */
  boolean isAbsent() {
    return inbound.isAbsent();
  }

  /** Returns whether there is nobody to ask about messages. */
  boolean isRawAbsent() {
    return raw.isAbsent();
  }

  /** Asks about a message; one that is blocked is as good as never sent. */
  void askRaw(byte[] message, boolean binary, Consumer<byte[]> allowed) {
    MessageAction action = new MessageAction(socket, message, binary);
    ask(raw, action, data -> allowed.accept(action.message()), blocked -> {});
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
    if (inbound.isAbsent()) {
      allowed.accept(data);
    } else {
      PendingAction action = PendingAction.of(type, socket).about(target, data);
      ask(inbound, action.withExpired(expired), allowed, blocked);
    }
  }

  /** Asks about a token that was found to be good, in the same way. */
  void askAuthenticate(CheckedToken token, Runnable allowed, Consumer<Throwable> blocked) {
    ask(inbound, actionOf(AGAction.Type.AUTHENTICATE, token), data -> allowed.run(), blocked);
  }

  /** Asks about a handshake whose token was checked but is not in force, in the same way. */
  void askHandshake(CheckedToken token, Runnable allowed, Consumer<Throwable> blocked) {
    ask(handshake, actionOf(AGAction.Type.HANDSHAKE_SC, token), data -> allowed.run(), blocked);
  }

  private PendingAction actionOf(AGAction.Type type, CheckedToken token) {
    return PendingAction.of(type, socket).withToken(token.signed(), token.claims(), token.error());
  }

  private void ask(
      ActionLine line,
      PendingAction action,
      Consumer<@Nullable Payload> allowed,
      Consumer<Throwable> blocked) {
    order.hold();
    line.ask(action, new Return(allowed, blocked));
  }

  /** The handshake is over, and its line with it. */
  void endHandshake() {
    handshake.kill();
  }

  /** The middleware of a line was removed. */
  void removed(MiddlewareLine line) {
    switch (line) {
      case INBOUND -> inbound.close();
      case INBOUND_RAW -> raw.close();
      case HANDSHAKE -> handshake.close();
      case OUTBOUND -> {}
    }
  }

  /** Blocks what has waited too long. */
  void sweep(long now) {
    handshake.sweep(now);
    raw.sweep(now);
    inbound.sweep(now);
  }

  /** Ends the middleware of this socket; what waits for its decision waits in vain. */
  void kill() {
    handshake.kill();
    raw.kill();
    inbound.kill();
  }

  /** Goes on with what was asked, then with what waited for it. */
  private final class Return implements ActionLine.Answer {
    private final Consumer<@Nullable Payload> allowed;
    private final Consumer<Throwable> blocked;

    Return(Consumer<@Nullable Payload> allowed, Consumer<Throwable> blocked) {
      this.allowed = allowed;
      this.blocked = blocked;
    }

    @Override
    public void allowed(@Nullable Payload data) {
      try {
        allowed.accept(data);
      } finally {
        order.release();
      }
    }

    @Override
    public void blocked(Throwable error) {
      try {
        blocked.accept(error);
      } finally {
        order.release();
      }
    }
  }
}
