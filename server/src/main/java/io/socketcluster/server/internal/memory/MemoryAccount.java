// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.memory;

/**
 * What one connection keeps in memory. Nobody charges and releases: what comes in only counts down
 * to the next look, and a look measures what is kept at that moment. So nothing can be released
 * twice, or never, or on the wrong thread. Event loop only.
 */
public abstract class MemoryAccount {
  /** Less than this is what any connection keeps, and is not counted. */
  static final int STEP = 4096;

  static final int NOWHERE = -1;

  private final LoopMemory loop;
  private int untilLook = STEP;
  private int held;
  private int place = NOWHERE; // among those of the loop that hold something
  private boolean givenUp;

  protected MemoryAccount(LoopMemory loop) {
    this.loop = loop;
  }

  /** Measures what is kept now. */
  protected abstract long measure();

  /**
   * Lets go of all that is kept: the connection closes. Called once, in a task of its own.
   *
   * @param heldBytes what was kept
   */
  protected abstract void giveUp(MemoryBound bound, long heldBytes);

  /** Returns whether the bound for one connection applies, not only that for all of them. */
  protected boolean isBoundedAlone() {
    return true;
  }

  /** So many bytes more are kept, or came in and may be kept. */
  public final void grew(int bytes) {
    untilLook -= bytes;
    if (untilLook <= 0) {
      look();
    }
  }

  /**
   * Measures what is kept and acts on it; the next look is due when there may be a quarter more.
   */
  public final void look() {
    long measured = measure();
    int counted = measured < STEP ? 0 : (int) Math.min(measured, Integer.MAX_VALUE);
    untilLook = Math.max(STEP, counted / 4);
    int change = counted - held;
    held = counted;
    if (change != 0) {
      loop.changed(this, change);
    }
    if (counted > loop.limits().socketBytes() && isBoundedAlone() && !givenUp) {
      givenUp = true;
      loop.giveUp(this, MemoryBound.SOCKET);
    }
  }

  /**
   * Returns whether so much more may be kept; asked before something is kept for long. The rest of
   * the bound is for what comes and goes.
   */
  public final boolean hasRoomFor(long bytes) {
    if (bytes >= STEP) {
      look();
    }
    return held + bytes <= loop.limits().lastingBytes();
  }

  /** Returns whether the server is short of memory: buffers are to be kept small. */
  protected final boolean isTight() {
    return loop.isTight();
  }

  /** Returns what was kept when that was measured last. */
  final long held() {
    return held;
  }

  final int place() {
    return place;
  }

  final void place(int index) {
    place = index;
  }

  final boolean isGivenUp() {
    return givenUp;
  }

  final void giveUpNow(MemoryBound bound) {
    givenUp = true;
    giveUp(bound, held);
    look();
  }
}
