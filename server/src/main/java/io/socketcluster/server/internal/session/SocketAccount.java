// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.session;

import io.netty.channel.EventLoop;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.events.ServerStreams;
import io.socketcluster.server.internal.events.SocketEvents;
import io.socketcluster.server.internal.inbound.HandlerBacklog;
import io.socketcluster.server.internal.inbound.InboundOrder;
import io.socketcluster.server.internal.memory.LoopMemory;
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

  private final ServerStreams streams;
  private final SocketEvents events;
  private final InboundOrder order;
  private final Keeper keeper;
  private @Nullable HandlerBacklog backlog; // while handlers are too far behind
  private int requestBytes;

  /** The socket whose parts are measured. */
  interface Keeper {
    /** Returns what the calls of the client keep until they are answered. */
    long heldByCalls();

    /** Returns what all parts keep, except the streams, the order and the calls of the client. */
    long heldByOthers();

    /** Closes the socket and lets go of what is kept for its client. */
    void giveUp(MemoryBound bound, long heldBytes);

    /** Returns the event loop. */
    EventLoop eventLoop();
  }

  SocketAccount(
      LoopMemory memory,
      ServerStreams streams,
      SocketEvents events,
      InboundOrder order,
      Keeper keeper) {
    super(memory);
    this.streams = streams;
    this.events = events;
    this.order = order;
    this.keeper = keeper;
  }

  /** The socket keeps the request that it came with, which may be large. */
  void keeps(UpgradeRequest request) {
    requestBytes = request.uri().length();
    request.headers().forEach((name, values) -> values.forEach(this::keeps));
    grew(requestBytes);
  }

  private void keeps(String value) {
    requestBytes += value.length();
  }

  @Override
  protected long measure() {
    long forHandlers = forHandlers();
    return Math.max(forHandlers, keeper.heldByCalls()) // most calls are in both
        + order.heldBytes()
        + keeper.heldByOthers()
        + requestBytes;
  }

  /** Returns what the streams keep, and holds the packets that follow if that is too much. */
  private long forHandlers() {
    int most = events.options().inboundBufferLimit();
    int limit = isTight() ? most / TIGHT : most;
    long held = streams.heldBytes() + events.heldByServerBytes();
    if (held > limit) {
      streams.releaseClaimed();
      held = streams.heldBytes() + events.heldByServerBytes();
    }
    if (held > limit) {
      hold(limit / REST);
    }
    return held;
  }

  private void hold(int rest) {
    if (backlog == null && !order.isStopped()) {
      backlog = new HandlerBacklog(keeper.eventLoop(), this::leftToHandlers, order, this::released);
      backlog.hold(rest);
    }
  }

  private long leftToHandlers() {
    return (streams.isKeepingAny() ? streams.heldBytes() : 0) + events.heldByServerBytes();
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
    keeper.giveUp(bound, heldBytes);
  }
}
