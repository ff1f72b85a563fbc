// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.channel.EventLoop;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.server.AGServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One timer for all clocks of an event loop's sockets. It looks at those whose time has come, or
 * that have said that something of theirs depends on time now. Event loop only.
 */
public final class SocketSweep {
  private static final int SWEEPS_PER_TIMEOUT = 16;
  private static final Duration LONGEST_SWEEP = Duration.ofMillis(500);

  /** A loop that is so late has not read the pongs that came meanwhile. */
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventLoop eventLoop;
  private final TimeSource source;
  private final long interval;
  private final LoopTime time;
  private final WallClock wallClock;
  private final SweepSchedule schedule;
  private final SweepWalk walk;
  private final List<Swept> sockets = new ArrayList<>(); // by their places
  private TimeSource.@Nullable Repetition timer;

  public SocketSweep(EventLoop eventLoop, AGServerOptions options) {
    this.eventLoop = eventLoop;
    source = options.timeSource();
    interval = intervalFor(options).toNanos();
    long now = source.nanoTime();
    time = new LoopTime(interval, now);
    wallClock = new WallClock(NANOSECONDS.toMillis(interval), now, source.millis());
    schedule = new SweepSchedule(now);
    walk =
        new SweepWalk(
            schedule,
            task -> eventLoop.schedule(task, 0, NANOSECONDS),
            place -> look(sockets.get(place)));
  }

  private static Duration intervalFor(AGServerOptions options) {
    Duration shortest = options.pingInterval();
    if (options.handshakeTimeout().compareTo(shortest) < 0) {
      shortest = options.handshakeTimeout();
    }
    Duration middleware = options.middlewareTimeout();
    if (!middleware.isZero() && middleware.compareTo(shortest) < 0) {
      shortest = middleware;
    }
    Duration sweep = shortest.dividedBy(SWEEPS_PER_TIMEOUT).plusMillis(1);
    return sweep.compareTo(LONGEST_SWEEP) < 0 ? sweep : LONGEST_SWEEP;
  }

  /** Returns the time that all deadlines of the sockets go by. Any thread. */
  public TimeSource source() {
    return source;
  }

  /** Returns the time by which the sockets note what they hear. */
  public LoopTime time() {
    return time;
  }

  /** Adds a socket. */
  public void add(Swept socket) {
    LoopTasks.check(eventLoop);
    socket.place(sockets.size());
    sockets.add(socket);
    schedule.add();
    if (timer == null) {
      time.start(source.nanoTime());
      timer = source.watch(eventLoop, Duration.ofNanos(interval), this::sweep);
    }
  }

  /** Removes a socket from its place by moving the last one there. */
  @SuppressWarnings("ReferenceEquality") // sockets have no other equality
  public void remove(Swept socket, int place) {
    LoopTasks.check(eventLoop);
    schedule.remove(place);
    Swept last = sockets.removeLast();
    if (last != socket) {
      sockets.set(place, last);
      last.place(place);
    }
    if (sockets.isEmpty() && timer != null) {
      timer.close();
      timer = null;
    }
  }

  /** Looks at the socket of a place in the next sweep. */
  void lookAt(int place) {
    schedule.makeDue(place);
  }

  private boolean sweep() {
    long now = source.nanoTime();
    if (time.sweep(now) > LATE_NANOS) {
      sockets.forEach(Swept::missedByLoop);
    }
    if (wallClock.wasSet(now, source.millis())) {
      schedule.makeAllDue();
    }
    return walk.begin(now);
  }

  private void look(Swept socket) {
    long now = source.nanoTime();
    long next = nextOf(socket, now);
    if (socket.isSwept()) {
      schedule.makeDueIn(socket.place(), next, now);
    }
  }

  /** A failure of one socket must not end the sweep of all. */
  private static long nextOf(Swept socket, long now) {
    try {
      return socket.sweep(now);
    } catch (RuntimeException e) {
      socket.sweepFailed(e);
      return 0;
    }
  }

  /** Ends the streams of the closed sockets; the event loop has ended. */
  public void endStreams() {
    sockets.forEach(Swept::endStreams);
  }
}
