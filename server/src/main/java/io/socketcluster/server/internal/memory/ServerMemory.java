// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.memory;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of a server keep in memory. Event loops tell it in steps, so that a message
 * touches nothing that they share. When it is too much, the connections that hold the most are
 * closed, one event loop at a time, until an eighth of the bound is free. Thread-safe.
 */
public final class ServerMemory {
  private final MemoryLimits limits;
  private final List<LoopMemory> loops = new CopyOnWriteArrayList<>();
  private final AtomicLong total = new AtomicLong();
  private final AtomicBoolean relieving = new AtomicBoolean();
  private final SharedArrays sharedArrays = new SharedArrays();
  private volatile boolean full;

  public ServerMemory(MemoryLimits limits) {
    this.limits = limits;
  }

  /** Returns the accounts of an event loop, which has none yet. */
  public LoopMemory forLoop(EventLoop eventLoop) {
    LoopMemory loop = new LoopMemory(eventLoop, this);
    loops.add(loop);
    return loop;
  }

  /** Returns how much may be kept. */
  public MemoryLimits limits() {
    return limits;
  }

  /** Returns the arrays that several connections hold. */
  public SharedArrays sharedArrays() {
    return sharedArrays;
  }

  /** Returns about how many bytes are kept. */
  public long heldBytes() {
    return total.get();
  }

  /** Returns whether more is kept than may be: nobody new is let in until there is room. */
  public boolean isFull() {
    return full && total.get() > limits.relievedBytes();
  }

  boolean isTight() {
    return total.get() > limits.tightBytes();
  }

  /** A loop keeps so many bytes more, or less. */
  void changed(long change) {
    long now = total.addAndGet(change);
    if (now > limits.serverBytes()) {
      full = true;
    } else if (now <= limits.relievedBytes()) {
      full = false;
    }
    relieve();
  }

  private void relieve() {
    LoopMemory top = isFull() ? largestLoop() : null;
    if (top != null && relieving.compareAndSet(false, true)) {
      top.closeLargest();
    }
  }

  private @Nullable LoopMemory largestLoop() {
    LoopMemory top = null;
    for (LoopMemory each : loops) {
      if (each.largest() > (top == null ? 0 : top.largest())) {
        top = each;
      }
    }
    return top;
  }

  /** Returns whether no account of another loop is larger than the largest of this one. */
  boolean isLargest(LoopMemory loop) {
    return loops.stream().noneMatch(each -> each.largest() > loop.largest());
  }

  /** A loop has closed some of its connections, or found that others are larger. */
  void closedSome() {
    relieving.set(false);
    relieve();
  }
}
