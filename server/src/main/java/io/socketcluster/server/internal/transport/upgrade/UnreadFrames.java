// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.upgrade;

import io.netty.buffer.ByteBuf;
import io.socketcluster.server.internal.turn.LoopTurns;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What a connection has sent beyond its share of a turn. The frames are read with the time that the
 * event loop lends; until then they wait as they came. Event loop only.
 */
final class UnreadFrames implements LoopTurns.Work {
  /** Reads the frames of the connection. */
  interface Reader {
    /** Reads as many frames as a connection may send in one turn. */
    void readShare(ByteBuf bytes);

    /** Everything has been read. */
    void caughtUp();
  }

  private final LoopTurns turns;
  private final Reader reader;
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>(2);
  private int heldBytes;
  private final List<Runnable> afterwards = new ArrayList<>(1);
  private boolean running;
  private boolean resumedLater; // by the turns

  UnreadFrames(LoopTurns turns, Reader reader) {
    this.turns = turns;
    this.reader = reader;
  }

  /** Takes over bytes that came behind the others, with their reference. */
  void add(ByteBuf bytes) {
    waiting.add(bytes);
    heldBytes += bytes.capacity();
  }

  /** Returns how many bytes are kept. */
  int heldBytes() {
    return heldBytes;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Runs a task once everything has been read. */
  void whenCaughtUp(Runnable task) {
    afterwards.add(task);
  }

  @Override
  public void resume() {
    resumedLater = false;
    proceed();
  }

  /** Reads on if there is time. */
  void proceed() {
    if (running || resumedLater || waiting.isEmpty()) {
      return;
    }
    running = true;
    try {
      while (!waiting.isEmpty() && isLent()) {
        readNext();
      }
    } finally {
      running = false;
      turns.done(this);
    }
    if (waiting.isEmpty()) {
      caughtUp();
    }
  }

  private boolean isLent() {
    resumedLater = !turns.lends(this);
    return !resumedLater;
  }

  /** What is read may be let go of meanwhile. */
  private void readNext() {
    ByteBuf bytes = waiting.element().retain();
    try {
      reader.readShare(bytes);
    } finally {
      if (!bytes.isReadable() && !waiting.isEmpty()) {
        releaseFirst();
      }
      bytes.release();
    }
  }

  private void caughtUp() {
    reader.caughtUp();
    List.copyOf(afterwards).forEach(Runnable::run);
    afterwards.clear();
  }

  /** Lets go of everything unread. */
  void letGo() {
    abandon();
    if (!running) {
      caughtUp();
    }
  }

  @Override
  public void abandon() {
    while (!waiting.isEmpty()) {
      releaseFirst();
    }
  }

  private void releaseFirst() {
    ByteBuf first = waiting.remove();
    heldBytes -= first.capacity();
    first.release();
  }
}
