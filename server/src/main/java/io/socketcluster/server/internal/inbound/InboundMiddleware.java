// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.internal.auth.CheckedToken;
import io.socketcluster.server.internal.events.SocketLines;
import io.socketcluster.server.internal.loop.SweepSchedule;
import io.socketcluster.server.internal.middleware.ActionLine;
import io.socketcluster.server.internal.middleware.PendingAction;
import io.socketcluster.stream.StreamHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the middleware of a socket about what comes in; the packets after it wait for the decision.
 * Event loop only.
 */
public final class InboundMiddleware {
  private final SocketLines lines;
  private final InboundOrder order;
  private @Nullable ActionLine handshake; // made when it has something to ask, as the others
  private @Nullable RawMessages raw;
  private @Nullable ActionLine inbound;
  private @Nullable ActionLine rules;
  private boolean killed;

  /**
   * @param handshake the line that was asked about the upgrade, or null when none was
   */
  public InboundMiddleware(SocketLines lines, InboundOrder order, @Nullable ActionLine handshake) {
    this.lines = lines;
    this.order = order;
    this.handshake = handshake;
  }

  /** Returns whether there is nobody to ask about packets, a rule of channels included. */
  public boolean isAbsent() {
    return hasNoMiddleware() && lines.hasNoRules();
  }

  private boolean hasNoMiddleware() {
    return lines.isAbsent(MiddlewareLine.INBOUND);
  }

  /** Returns whether a message has somebody to be asked of, or others to wait for that have. */
  boolean asksRaw() {
    return !lines.isAbsent(MiddlewareLine.INBOUND_RAW) || !isRawIdle();
  }

  /**
   * Asks about a message as it arrives; nothing holds the order meanwhile.
   *
   * @param allowed takes each message that is allowed, as the middleware left it
   */
  void askRaw(byte[] message, boolean binary, Consumer<byte[]> allowed) {
    if (killed) {
      return;
    }
    RawMessages asked = raw;
    if (asked == null) {
      asked = new RawMessages(lines, order, allowed);
      raw = asked;
    }
    asked.accept(message, binary);
  }

  /** Returns whether no message waits for a decision. */
  boolean isRawIdle() {
    RawMessages asked = raw;
    return asked == null || asked.isIdle();
  }

  /** Runs a task once all messages that have arrived so far are decided and dispatched. */
  public void mark(Runnable reached) {
    RawMessages asked = raw;
    if (asked == null) {
      order.mark(reached);
    } else {
      asked.mark(() -> order.mark(reached));
    }
  }

  /** Runs a task as soon as no packet waits for a decision, before the packets that wait. */
  public void interject(Runnable task) {
    order.interject(task);
  }

  /**
   * Asks about a packet, first the rules of channels; exactly one of the two is called, now if
   * there is nobody to ask and later on the event loop otherwise, unless the socket is closed by
   * then.
   */
  public void ask(
      AGAction.Type type,
      String target,
      @Nullable Payload data,
      @Nullable AuthTokenExpiredError expired,
      Consumer<@Nullable Payload> allowed,
      Consumer<Throwable> blocked) {
    boolean isOfChannel = type == AGAction.Type.SUBSCRIBE || type == AGAction.Type.PUBLISH_IN;
    if (!isOfChannel || lines.hasNoRules()) {
      askMiddleware(type, target, data, expired, allowed, blocked);
    } else {
      askRules(
          lines.action(type).about(target, data),
          same -> askMiddleware(type, target, data, expired, allowed, blocked),
          blocked);
    }
  }

  /** Asks only the rules whether a socket may be subscribed to a channel, in the same way. */
  public void askRules(String channel, Runnable allowed, Consumer<Throwable> blocked) {
    if (lines.hasNoRules()) {
      allowed.run();
    } else {
      askRules(
          lines.action(AGAction.Type.SUBSCRIBE).about(channel, null),
          same -> allowed.run(),
          blocked);
    }
  }

  private void askRules(
      PendingAction action, Consumer<@Nullable Payload> allowed, Consumer<Throwable> blocked) {
    ActionLine line = rules;
    if (line == null) {
      line = lines.openRules();
      rules = line;
    }
    ask(line, action, allowed, blocked);
  }

  private void askMiddleware(
      AGAction.Type type,
      String target,
      @Nullable Payload data,
      @Nullable AuthTokenExpiredError expired,
      Consumer<@Nullable Payload> allowed,
      Consumer<Throwable> blocked) {
    if (hasNoMiddleware()) {
      allowed.accept(data);
    } else {
      PendingAction action = lines.action(type).about(target, data).withExpired(expired);
      ask(inbound(), action, allowed, blocked);
    }
  }

  /** Asks about a token that was found to be good, in the same way. */
  public void askAuthenticate(CheckedToken token, Runnable allowed, Consumer<Throwable> blocked) {
    if (hasNoMiddleware()) {
      allowed.run();
    } else {
      ask(inbound(), actionOf(AGAction.Type.AUTHENTICATE, token), data -> allowed.run(), blocked);
    }
  }

  /** Asks about a handshake whose token was checked but is not in force, in the same way. */
  public void askHandshake(CheckedToken token, Runnable allowed, Consumer<Throwable> blocked) {
    if (lines.isAbsent(MiddlewareLine.HANDSHAKE)) {
      allowed.run();
      return;
    }
    if (handshake == null) {
      handshake = lines.open(MiddlewareLine.HANDSHAKE);
    }
    ask(handshake, actionOf(AGAction.Type.HANDSHAKE_SC, token), data -> allowed.run(), blocked);
  }

  private ActionLine inbound() {
    ActionLine line = inbound;
    if (line == null) {
      line = lines.open(MiddlewareLine.INBOUND);
      inbound = line;
    }
    return line;
  }

  private PendingAction actionOf(AGAction.Type type, CheckedToken token) {
    return lines.action(type).withToken(token.signed(), token.claims(), token.error());
  }

  private void ask(
      ActionLine line,
      PendingAction action,
      Consumer<@Nullable Payload> allowed,
      Consumer<Throwable> blocked) {
    if (killed) {
      return;
    }
    StreamHandler<AGAction> handler = line.nonBlockingHandler();
    if (handler == null) {
      order.hold();
      lines.ask(line, action, new Return(allowed, blocked));
    } else if (line.allows(handler, action)) {
      allowed.accept(action.payload());
    } else {
      order.hold();
      lines.settle(line, new Return(allowed, blocked));
    }
  }

  /** The handshake is over, and its line with it. */
  public void endHandshake() {
    if (handshake != null) {
      handshake.kill();
    }
  }

  /** The middleware of a line was removed. */
  public void removed(MiddlewareLine removed) {
    ActionLine line =
        switch (removed) {
          case INBOUND -> inbound;
          case INBOUND_RAW -> rawLine();
          case HANDSHAKE -> handshake;
          case OUTBOUND -> null;
        };
    if (line != null) {
      line.close();
    }
  }

  /** Blocks what has waited too long; returns in how many nanoseconds something will have. */
  public long sweep(long now) {
    long next = Math.min(sweep(handshake, now), sweep(rawLine(), now));
    next = Math.min(next, sweep(rules, now));
    return Math.min(next, sweep(inbound, now));
  }

  private @Nullable ActionLine rawLine() {
    return raw == null ? null : raw.line();
  }

  private static long sweep(@Nullable ActionLine line, long now) {
    return line == null ? SweepSchedule.NEVER : line.sweep(now);
  }

  /** Ends the middleware of this socket; what waits for its decision waits in vain. */
  public void kill() {
    killed = true;
    if (handshake != null) {
      handshake.kill();
    }
    if (raw != null) {
      raw.kill();
    }
    if (inbound != null) {
      inbound.kill();
    }
    if (rules != null) {
      rules.kill();
    }
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
