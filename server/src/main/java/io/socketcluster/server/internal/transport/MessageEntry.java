// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HandshakeRefusal;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.limits.Admission;
import io.socketcluster.server.spi.PeerEvent;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * How a connection that is no upgrade comes in: it waits for its turn among those that shake hands,
 * and for the handshake middleware, and is not read meanwhile. A refusal is told to the handlers
 * before it, and closes it. Event loop only.
 */
final class MessageEntry {
  private final ConnectionAcceptor acceptor;
  private final UpgradeRequest request;
  private final ChannelHandlerContext ctx;
  private final Opened opened;
  private @Nullable Admission admission;
  private @Nullable PendingUpgrade asked;
  private @Nullable Future<?> patience;

  /** Is told once that the connection is in. */
  @FunctionalInterface
  interface Opened {
    void open(ChannelHandlerContext ctx, Admission admission, @Nullable PendingUpgrade asked);
  }

  MessageEntry(
      ConnectionAcceptor acceptor,
      UpgradeRequest request,
      ChannelHandlerContext ctx,
      Opened opened) {
    this.acceptor = acceptor;
    this.request = request;
    this.ctx = ctx;
    this.opened = opened;
  }

  void enter() {
    if (acceptor.memory().isFull()) {
      observe(HandshakeRefusal.MEMORY_FULL);
      refuse(HandshakeRefusal.MEMORY_FULL, null);
      return;
    }
    EventLoop loop = ctx.channel().eventLoop();
    Admission entered = acceptor.gate().enter(request.clientAddress(), loop, this::itsTurn);
    admission = entered;
    if (entered.isWaiting()) {
      ctx.channel().config().setAutoRead(false);
      AGServerOptions options = acceptor.options();
      patience = options.timeSource().schedule(loop, options.handshakeTimeout(), entered::expire);
    } else {
      proceed(entered);
    }
  }

  private void itsTurn() {
    Admission entered = admission;
    if (entered != null) {
      endPatience();
      proceed(entered);
    }
  }

  private void proceed(Admission entered) {
    HandshakeRefusal refusal = entered.refusal();
    if (refusal != null) { // the gate has told the observer
      refuse(refusal, null);
      return;
    }
    if (!acceptor.isAccepting()) {
      observe(HandshakeRefusal.CLOSING);
      refuse(HandshakeRefusal.CLOSING, null);
      return;
    }
    asked = acceptor.authorize(request, ctx.channel(), this::decided);
    if (asked == null) {
      open();
    } else {
      ctx.channel().config().setAutoRead(false);
    }
  }

  private void decided(@Nullable Throwable refusal) {
    if (refusal == null && acceptor.isAccepting()) {
      open();
      return;
    }
    HandshakeRefusal why = refusal == null ? HandshakeRefusal.CLOSING : HandshakeRefusal.BLOCKED;
    observe(why);
    refuse(why, refusal);
  }

  private void observe(HandshakeRefusal why) {
    acceptor.observer().handshakeRefused(why, request.clientAddress());
  }

  /** The transport may have an answer to that, which this one has not. */
  private void refuse(HandshakeRefusal why, @Nullable Throwable error) {
    ctx.pipeline().fireUserEventTriggered(new PeerEvent.Refused(why, error));
    ctx.close();
  }

  private void open() {
    Admission mine = admission;
    if (mine != null && ctx.channel().isActive()) {
      admission = null;
      acceptor.onOpen(ctx.channel());
      opened.open(ctx, mine, asked);
    }
  }

  /** The connection is gone before it was in. */
  void leave() {
    endPatience();
    Admission mine = admission;
    if (mine != null) {
      admission = null;
      mine.gone();
    }
    PendingUpgrade decision = asked;
    if (decision != null) {
      decision.abandon();
    }
  }

  private void endPatience() {
    Future<?> scheduled = patience;
    if (scheduled != null) {
      patience = null;
      scheduled.cancel(false);
    }
  }
}
