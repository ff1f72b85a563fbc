// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

/** A socket whose clocks the sweep of its event loop looks after. Event loop only. */
public abstract class Swept {
  private static final int NOWHERE = -1;

  private final SocketSweep sweep;
  private int place = NOWHERE;

  protected Swept(SocketSweep sweep) {
    this.sweep = sweep;
  }

  /**
   * Acts on every deadline that has passed.
   *
   * @return the nanoseconds until the next deadline; a deadline that is set afterwards needs {@link
   *     #sweepSoon}
   */
  protected abstract long sweep(long now);

  /** A sweep of this socket has thrown. */
  protected abstract void sweepFailed(RuntimeException failure);

  /** The loop was late, so the client could not be heard. */
  protected abstract void missedByLoop();

  /** The event loop has ended, and the sweep with it. */
  protected abstract void endStreams();

  /** A deadline has changed: the next sweep looks at this socket. */
  public final void sweepSoon() {
    if (isSwept()) {
      sweep.lookAt(place);
    }
  }

  /** Puts this socket under the sweep. */
  protected final void beginSweep() {
    sweep.add(this);
  }

  /** Takes this socket out of the sweep for good. */
  protected final void endSweep() {
    int old = place;
    place = NOWHERE;
    sweep.remove(this, old);
  }

  final boolean isSwept() {
    return place != NOWHERE;
  }

  public final int place() {
    return place;
  }

  public final void place(int index) {
    place = index;
  }
}
