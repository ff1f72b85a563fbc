// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait because a socket is not being read fast enough. Those that may be dropped
 * have a queue of their own, so that dropping one is no search; numbers keep the order of all. Of
 * publishes with the same key only the newest waits, in the place of the first. Written on the
 * event loop only; the two counters may be read by any thread.
 */
final class WaitingFrames implements SlowConsumer.Backlog {
  /** What keeping a frame costs besides its bytes: small ones could cost many times their size. */
  private static final int FRAME_OVERHEAD = 64;

  private static final int KEY_OVERHEAD = 200;

  private static final int SAMPLE = 16;

  private final int limit;
  private final Wire wire;
  private final ArrayDeque<Waiting> kept = new ArrayDeque<>(4);
  private final ArrayDeque<Waiting> droppable = new ArrayDeque<>(4);
  private @Nullable Map<WaitingRule.Key, Waiting> newest; // of each key; made for the first
  private long lastNumber;
  private volatile int count;
  private volatile long bytes;
  private long sharedBytes;

  /**
   * A frame in its place, which a newer one with the same key takes. It keeps no rule, which would
   * keep the whole message that the publish came in.
   */
  private static final class Waiting {
    private final long number;
    private final WaitingRule.@Nullable Key key;
    private final boolean isShared;
    private ByteBuf frame;

    Waiting(ByteBuf frame, WaitingRule rule, long number) {
      this.frame = frame;
      this.key = rule.key();
      this.isShared = rule.isShared();
      this.number = number;
    }

    int sharedSize() {
      return isShared ? frame.readableBytes() : 0;
    }
  }

  /**
   * @param limit how many bytes may wait
   * @param wire is told what is dropped
   */
  WaitingFrames(int limit, Wire wire) {
    this.limit = limit;
    this.wire = wire;
  }

  /**
   * Adds a frame.
   *
   * @param isDroppable whether others may take its place when there is no room
   */
  void add(ByteBuf frame, WaitingRule rule, boolean isDroppable) {
    Waiting added = new Waiting(frame, rule, ++lastNumber);
    (isDroppable ? droppable : kept).add(added);
    if (added.key != null) {
      newest().put(added.key, added);
    }
    sharedBytes += added.sharedSize();
    changed(1, frame.readableBytes());
  }

  private Map<WaitingRule.Key, Waiting> newest() {
    Map<WaitingRule.Key, Waiting> existing = newest;
    if (existing == null) {
      existing = new HashMap<>();
      newest = existing;
    }
    return existing;
  }

  /**
   * Puts a publish in the place of one with the same key; returns false if none waits, or a larger
   * one has no room.
   */
  boolean replace(ByteBuf newer, WaitingRule rule) {
    WaitingRule.Key key = newest == null ? null : rule.key();
    Waiting older = key == null ? null : newest().get(key);
    if (older == null) {
      return false;
    }
    int size = older.frame.readableBytes();
    int more = newer.readableBytes() - size;
    if (more > 0 && wouldExceed(more)) {
      return false;
    }
    older.frame.release();
    older.frame = newer;
    sharedBytes += more;
    changed(0, more);
    wire.dropped(size);
    return true;
  }

  boolean hasDroppable() {
    return !droppable.isEmpty();
  }

  /** Counts what a frame costs, too. */
  @Override
  public boolean wouldExceed(int more) {
    int keys = newest == null ? 0 : newest.size();
    return bytes + more + (count + 1L) * FRAME_OVERHEAD + (long) keys * KEY_OVERHEAD > limit;
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
    taken(taken);
    return taken.frame;
  }

  private void taken(Waiting taken) {
    if (newest != null && taken.key != null) {
      newest.remove(taken.key, taken);
    }
    sharedBytes -= taken.sharedSize();
    changed(-1, -taken.frame.readableBytes());
  }

  @Override
  public void dropOldest(int more) {
    while (wouldExceed(more) && !droppable.isEmpty()) {
      Waiting oldest = droppable.remove();
      int size = oldest.frame.readableBytes();
      taken(oldest);
      oldest.frame.release();
      wire.dropped(size);
    }
  }

  void releaseAll() {
    kept.forEach(waiting -> waiting.frame.release());
    droppable.forEach(waiting -> waiting.frame.release());
    kept.clear();
    droppable.clear();
    newest = null;
    count = 0;
    bytes = 0;
    sharedBytes = 0;
  }

  /**
   * Returns about how many bytes are kept in memory for this connection. Publishes are shared with
   * other subscribers: those that have waited longest say how much of them counts here.
   */
  long heldBytes() {
    long own = bytes - sharedBytes + (long) count * FRAME_OVERHEAD;
    if (sharedBytes == 0) {
      return own;
    }
    Stream<Waiting> oldest = kept.stream().limit(SAMPLE); // a filter alone might look at all
    Stream<Waiting> shared =
        Stream.concat(droppable.stream(), oldest.filter(each -> each.isShared));
    double share = FrameShares.average(shared.limit(SAMPLE).map(each -> each.frame));
    return own + (long) (sharedBytes * share);
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
