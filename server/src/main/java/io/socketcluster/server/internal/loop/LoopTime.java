// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

/**
 * The time of an event loop, read by its sweep alone: who wants to note when something has happened
 * needs no clock. It stands still while the loop is late, for then nobody can be heard. In
 * nanoseconds. Event loop only.
 */
public final class LoopTime {
  private final long interval;
  private long lastSweep;
  private long listened;

  public LoopTime(long interval, long now) {
    this.interval = interval;
    lastSweep = now;
  }

  /** The loop begins to listen, and to sweep. */
  public void start(long now) {
    lastSweep = now;
  }

  /** The loop sweeps; returns how late. */
  public long sweep(long now) {
    long passed = now - lastSweep;
    lastSweep = now;
    listened += Math.min(passed, interval);
    return passed - interval;
  }

  /** Returns how long the loop has listened, up to its last sweep. */
  public long listened() {
    return listened;
  }

  /** Returns the same for the next sweep: what happens now has happened by then. */
  public long atNextSweep() {
    return listened + interval;
  }
}
