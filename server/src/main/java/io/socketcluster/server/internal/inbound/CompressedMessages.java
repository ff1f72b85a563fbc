// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import io.socketcluster.server.internal.turn.LoopTurns;
import io.socketcluster.server.internal.wire.CompressedMessage;
import java.util.ArrayDeque;

/**
 * Inflates a socket's messages when the event loop has time for it and the order has room for what
 * comes out of them; until then they wait as small as they came, and the messages behind them with
 * them. Event loop only.
 */
final class CompressedMessages implements LoopTurns.Work {
  /** Takes the messages, in their order. */
  interface Sink {
    /** A message can be read. */
    void arrived(byte[] message, boolean binary);

    /** So many bytes came out of a few. */
    void inflated(int bytes);
  }

  private final LoopTurns turns;
  private final InboundOrder order;
  private final Sink sink;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>(2);
  private int waitingBytes;
  private boolean running;
  private boolean resumedLater; // by the turns

  private sealed interface Waiting {
    int size();
  }

  private record Compressed(CompressedMessage message) implements Waiting {
    @Override
    public int size() {
      return message.size();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Plain(byte[] message, boolean binary) implements Waiting {
    @Override
    public int size() {
      return message.length;
    }
  }

  /** A place among the messages. */
  private record Mark(Runnable reached) implements Waiting {
    @Override
    public int size() {
      return 0;
    }
  }

  CompressedMessages(LoopTurns turns, InboundOrder order, Sink sink) {
    this.turns = turns;
    this.order = order;
    this.sink = sink;
  }

  void accept(CompressedMessage message) {
    enqueue(new Compressed(message));
  }

  /** Takes a message that came behind others which wait. */
  void accept(byte[] message, boolean binary) {
    enqueue(new Plain(message, binary));
  }

  /** Runs a task once all that has been accepted so far has been passed on. */
  void mark(Runnable reached) {
    if (isIdle()) {
      reached.run();
    } else {
      enqueue(new Mark(reached));
    }
  }

  /** Returns whether nothing waits. */
  boolean isIdle() {
    return queue.isEmpty();
  }

  @Override
  public void resume() {
    resumedLater = false;
    proceed();
  }

  /** Goes on if there is time and room. */
  void proceed() {
    if (running || resumedLater) {
      return;
    }
    running = true;
    try {
      while (!queue.isEmpty() && hasRoom() && isLent()) {
        open(take());
      }
    } finally {
      running = false;
      turns.done(this);
    }
  }

  private void enqueue(Waiting next) {
    queue.add(next);
    waitingBytes += next.size();
    order.waits(next.size());
    proceed();
  }

  private Waiting take() {
    Waiting next = queue.remove();
    waitingBytes -= next.size();
    order.waitsNoMore(next.size());
    return next;
  }

  /** What waits here does not stand in its own way. */
  private boolean hasRoom() {
    return order.isStopped() || order.hasRoomBeside(waitingBytes);
  }

  private boolean isLent() {
    resumedLater = !turns.lends(this);
    return !resumedLater;
  }

  private void open(Waiting next) {
    switch (next) {
      case Mark mark -> mark.reached.run();
      case Plain plain -> {
        turns.done(this);
        sink.arrived(plain.message, plain.binary);
      }
      case Compressed compressed -> inflate(compressed.message);
    }
  }

  private void inflate(CompressedMessage compressed) {
    byte[] message = order.isStopped() ? null : compressed.inflate();
    turns.done(this); // the order borrows for itself
    if (message != null) {
      sink.inflated(message.length);
      sink.arrived(message, compressed.isBinary());
    }
  }
}
