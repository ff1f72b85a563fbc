// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.protocol.CloseCode;
import io.socketcluster.server.internal.memory.MemoryAccount;
import io.socketcluster.server.internal.memory.MemoryBound;
import org.jspecify.annotations.Nullable;

/**
 * What is kept for one socket, in each of its parts; after it has closed, what its streams still
 * keep. Packets wait when handlers have left too much of it. Event loop only.
 */
final class SocketAccount extends MemoryAccount {
  /** While the server is short of memory handlers may be behind by so much less. */
  private static final int TIGHT = 16;

  /** What is left for the handlers when packets come to them again. */
  private static final int REST = 4;

  private final DefaultServerSocket socket;
  private @Nullable HandlerBacklog backlog; // while handlers are too far behind
  private int requestBytes;

  SocketAccount(DefaultServerSocket socket) {
    super(socket.loop().memory());
    this.socket = socket;
  }

  /** The socket keeps the request that it came with, which may be large. */
  void keepsRequest() {
    requestBytes = socket.request().uri().length();
    socket.request().headers().forEach((name, values) -> values.forEach(this::keeps));
    grew(requestBytes);
  }

  private void keeps(String value) {
    requestBytes += value.length();
  }

  @Override
  protected long measure() {
    SocketParts parts = socket.parts();
    long forHandlers = forHandlers(parts.streams());
    return Math.max(forHandlers, parts.unansweredBytes()) // most calls are in both
        + parts.inbound().order().heldBytes()
        + parts.subscriptions().heldBytes()
        + parts.grants().heldBytes()
        + parts.authentication().current().heldBytes()
        + parts.outbound().heldBytes()
        + parts.writer().heldBytes()
        + socket.connection().heldBytes()
        + requestBytes;
  }

  /** Returns what the streams keep, and holds the packets that follow if that is too much. */
  private long forHandlers(SocketStreams streams) {
    int most = socket.host().options().inboundBufferLimit();
    int limit = isTight() ? most / TIGHT : most;
    SocketEvents events = socket.parts().events();
    long held = streams.heldBytes() + events.heldByServerBytes();
    if (held > limit) {
      streams.releaseClaimed();
      held = streams.heldBytes() + events.heldByServerBytes();
    }
    if (held > limit) {
      hold(streams, limit / REST);
    }
    return held;
  }

  private void hold(SocketStreams streams, int rest) {
    InboundOrder order = socket.parts().inbound().order();
    if (backlog == null && !order.isStopped()) {
      SocketEvents events = socket.parts().events();
      backlog =
          new HandlerBacklog(
              socket.loop().eventLoop(),
              () -> (streams.isKeepingAny() ? streams.heldBytes() : 0) + events.heldByServerBytes(),
              order,
              this::released);
      backlog.hold(rest);
    }
  }

  /** Returns whether packets wait because handlers are behind. */
  boolean isHolding() {
    return backlog != null;
  }

  private void released() {
    backlog = null;
  }

  @Override
  protected void giveUp(MemoryBound bound, long heldBytes) {
    socket.host().onMemoryLimit(socket, bound, heldBytes);
    SocketLifecycle lifecycle = socket.parts().lifecycle();
    switch (bound) {
      case SOCKET -> lifecycle.close(CloseCode.POLICY_VIOLATION, "Held too much memory");
      case SERVER -> lifecycle.close(CloseCode.TRY_AGAIN_LATER, null);
    }
    socket.connection().letGo();
    socket.parts().streams().drop();
  }
}
