// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait because a socket is not being read fast enough. Those that may be dropped
 * have a queue of their own, so that dropping one is no search; numbers keep the order of all.
 * Written on the event loop only; the two counters may be read by any thread.
 */
final class WaitingFrames implements SlowConsumer.Backlog {
  /** What keeping a frame costs besides its bytes: small ones could cost many times their size. */
  private static final int FRAME_OVERHEAD = 64;

  private static final int SAMPLE = 16;

  private final int limit;
  private final Wire wire;
  private final ArrayDeque<Waiting> kept = new ArrayDeque<>(4);
  private final ArrayDeque<Waiting> droppable = new ArrayDeque<>(4);
  private long lastNumber;
  private volatile int count;
  private volatile long bytes;
  private long droppableBytes;

  private record Waiting(ByteBuf frame, long number) {}

  /**
   * @param limit how many bytes may wait
   * @param wire is told what is dropped
   */
  WaitingFrames(int limit, Wire wire) {
    this.limit = limit;
    this.wire = wire;
  }

  void add(ByteBuf frame, boolean isDroppable) {
    (isDroppable ? droppable : kept).add(new Waiting(frame, ++lastNumber));
    droppableBytes += isDroppable ? frame.readableBytes() : 0;
    changed(1, frame.readableBytes());
  }

  /** Counts what a frame costs, too. */
  @Override
  public boolean wouldExceed(int more) {
    return bytes + more + (count + 1L) * FRAME_OVERHEAD > limit;
  }

  /** Takes the frame that has waited longest, or returns null. */
  @Nullable ByteBuf poll() {
    Waiting first = kept.peek();
    Waiting other = droppable.peek();
    boolean fromKept = first != null && (other == null || first.number < other.number);
    Waiting taken = (fromKept ? kept : droppable).poll();
    if (taken == null) {
      return null;
    }
    droppableBytes -= fromKept ? 0 : taken.frame.readableBytes();
    changed(-1, -taken.frame.readableBytes());
    return taken.frame;
  }

  @Override
  public void dropOldest(int more) {
    while (wouldExceed(more) && !droppable.isEmpty()) {
      ByteBuf oldest = droppable.remove().frame;
      int size = oldest.readableBytes();
      droppableBytes -= size;
      changed(-1, -size);
      oldest.release();
      wire.dropped(size);
    }
  }

  void releaseAll() {
    kept.forEach(waiting -> waiting.frame.release());
    droppable.forEach(waiting -> waiting.frame.release());
    kept.clear();
    droppable.clear();
    count = 0;
    bytes = 0;
    droppableBytes = 0;
  }

  /**
   * Returns about how many bytes are kept in memory for this connection. Publishes are shared with
   * other subscribers: those that have waited longest say how much of them counts here.
   */
  long heldBytes() {
    long own = bytes - droppableBytes + (long) count * FRAME_OVERHEAD;
    double share = FrameShares.average(droppable.stream().limit(SAMPLE).map(Waiting::frame));
    return own + (long) (droppableBytes * share);
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  long bytes() {
    return bytes;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the event loop
  private void changed(int frames, int size) {
    bytes += size;
    count += frames;
  }
}
