// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.memory;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one event loop that hold something. They are measured again one after the other,
 * since nobody tells when handlers have taken what was kept for them. Event loop only, but for
 * {@link #largest} and {@link #closeLargest}.
 */
public final class LoopMemory {
  /** What the server is told at once; smaller changes are told together, at the next round. */
  private static final int STEP = 16 * 1024;

  private static final int ROUND_MILLIS = 50;
  private static final int LOOKS_PER_ROUND = 128;
  private static final int CLOSED_PER_TURN = 64;

  private final EventLoop eventLoop;
  private final ServerMemory server;
  private final List<MemoryAccount> holders = new ArrayList<>(); // by their places
  private int next; // the one to be measured next, counted down
  private long untold;
  private boolean measuring;
  private volatile long largest;

  LoopMemory(EventLoop eventLoop, ServerMemory server) {
    this.eventLoop = eventLoop;
    this.server = server;
  }

  MemoryLimits limits() {
    return server.limits();
  }

  boolean isTight() {
    return server.isTight();
  }

  /** Returns about how much the largest account of this loop holds. Any thread. */
  long largest() {
    return largest;
  }

  /** An account holds more or less than before. */
  void changed(MemoryAccount account, long change) {
    if (account.held() == 0) {
      remove(account);
    } else if (account.place() == MemoryAccount.NOWHERE) {
      account.place(holders.size());
      holders.add(account);
      measureLater();
    }
    if (account.held() > largest && !account.isGivenUp()) {
      largest = account.held();
    }
    untold += change;
    if (Math.abs(untold) >= STEP) {
      tell();
    }
  }

  private void tell() {
    long change = untold;
    untold = 0;
    if (change != 0) {
      server.changed(change);
    }
  }

  /** Removes an account by moving the last one to its place. */
  private void remove(MemoryAccount account) {
    int place = account.place();
    if (place == MemoryAccount.NOWHERE) {
      return;
    }
    account.place(MemoryAccount.NOWHERE);
    MemoryAccount last = holders.removeLast();
    if (place < holders.size()) {
      holders.set(place, last);
      last.place(place);
    }
  }

  private void measureLater() {
    if (!measuring) {
      measuring = true;
      schedule();
    }
  }

  private void schedule() {
    try {
      eventLoop.schedule(this::measureSome, ROUND_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      measuring = false; // the loop ends, and its sockets with it
    }
  }

  /** From the end: an account that is removed is replaced by one that had its turn. */
  private void measureSome() {
    int looks = Math.min(LOOKS_PER_ROUND, holders.size());
    for (int i = 0; i < looks && !holders.isEmpty(); i++) {
      next = next <= 0 || next > holders.size() ? holders.size() - 1 : next - 1;
      holders.get(next).look();
    }
    if (next <= 0) {
      MemoryAccount top = top();
      largest = top == null ? 0 : top.held();
    }
    tell();
    measuring = !holders.isEmpty();
    if (measuring) {
      schedule();
    }
  }

  /** Returns the largest that can still be closed. */
  private @Nullable MemoryAccount top() {
    MemoryAccount top = null;
    for (MemoryAccount each : holders) {
      if (!each.isGivenUp() && (top == null || each.held() > top.held())) {
        top = each;
      }
    }
    return top;
  }

  /** Closes a connection in a task of its own: the caller may be in the middle of its work. */
  void giveUp(MemoryAccount account, MemoryBound bound) {
    execute(() -> account.giveUpNow(bound));
  }

  /** Closes the largest until enough is free, or others are larger. Any thread. */
  void closeLargest() {
    execute(this::closeLargestNow);
  }

  private void closeLargestNow() {
    try {
      int closed = 0;
      MemoryAccount top = measuredTop();
      while (top != null && closed < CLOSED_PER_TURN && server.isLargest(this)) {
        top.giveUpNow(MemoryBound.SERVER);
        closed++;
        top = measuredTop();
      }
    } finally {
      server.closedSome();
    }
  }

  /** Returns the largest as measured now, if there is a need; what it held may be long gone. */
  private @Nullable MemoryAccount measuredTop() {
    MemoryAccount top = top();
    boolean isMeasured = false;
    for (int looks = 0; top != null && !isMeasured && looks < LOOKS_PER_ROUND; looks++) {
      long before = top.held();
      top.look();
      isMeasured = top.held() >= before;
      top = isMeasured ? top : top();
    }
    tell();
    largest = top == null ? 0 : top.held();
    return server.isFull() ? top : null;
  }

  private void execute(Runnable task) {
    try {
      eventLoop.execute(task);
    } catch (RejectedExecutionException e) {
      largest = 0; // the loop has ended, and its connections with it
      server.closedSome();
    }
  }
}
