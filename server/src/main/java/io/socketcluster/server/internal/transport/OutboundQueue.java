// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait because a socket is not being read fast enough. Written on the event loop
 * only; the two counters may be read by any thread.
 */
final class OutboundQueue {
  private final ArrayDeque<Waiting> frames = new ArrayDeque<>();
  private volatile int count;
  private volatile long bytes;

  private record Waiting(ByteBuf frame, boolean droppable) {}

  void add(ByteBuf frame, boolean droppable) {
    frames.add(new Waiting(frame, droppable));
    changed(frame.readableBytes());
  }

  /** Takes the frame that has waited longest, or returns null. */
  @Nullable ByteBuf poll() {
    Waiting first = frames.poll();
    if (first == null) {
      return null;
    }
    changed(-first.frame.readableBytes());
    return first.frame;
  }

  /** Releases the droppable frames that have waited longest until {@code room} bytes are free. */
  void dropOldest(long limit, int room) {
    Iterator<Waiting> oldest = frames.iterator();
    while (bytes + room > limit && oldest.hasNext()) {
      Waiting candidate = oldest.next();
      if (candidate.droppable) {
        oldest.remove();
        changed(-candidate.frame.readableBytes());
        candidate.frame.release();
      }
    }
  }

  void releaseAll() {
    frames.forEach(waiting -> waiting.frame.release());
    frames.clear();
    count = 0;
    bytes = 0;
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  int count() {
    return count;
  }

  long bytes() {
    return bytes;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the event loop
  private void changed(int delta) {
    bytes += delta;
    count = frames.size();
  }
}
