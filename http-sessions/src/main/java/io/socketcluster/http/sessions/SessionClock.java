// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All the times of a session in one timer. It is set to the earliest that may be due and looks
 * then, so that a poll that comes and goes costs a number and no timer. Event loop only.
 */
final class SessionClock {
  /** Learns of the times of a session that are over. */
  interface Owner {
    /** The poll was held for long enough. */
    void pollIsOver();

    /** The client has been silent for a while. */
    void probe();

    /** The client has gone. */
    void isGone();
  }

  private final EventLoop loop;
  private final SessionTimes times;
  private final Owner owner;
  private @Nullable Future<?> timer;
  private long timerAt;
  private long heard = System.nanoTime();
  private long since = heard; // something carries, or nothing does
  private boolean isCarried;
  private boolean isLasting; // no poll
  private boolean isOver;

  SessionClock(EventLoop loop, SessionTimes times, Owner owner) {
    this.loop = loop;
    this.times = times;
    this.owner = owner;
  }

  void begin() {
    look();
  }

  void heard() {
    heard = System.nanoTime();
  }

  /** Something carries the messages: a poll, or something that lasts. */
  void attached(boolean lasts) {
    isCarried = true;
    isLasting = lasts;
    since = System.nanoTime();
    heard = since;
    look();
  }

  void detached() {
    isCarried = false;
    since = System.nanoTime();
    look();
  }

  void end() {
    isOver = true;
    Future<?> set = timer;
    if (set != null) {
      timer = null;
      set.cancel(false);
    }
  }

  private void look() {
    long now = System.nanoTime();
    if (isOver || leftOfSilence(now) <= 0 || (!isCarried && left(times.closeTimeout(), now) <= 0)) {
      if (!isOver) {
        owner.isGone();
      }
      return;
    }
    if (isCarried && !isLasting && left(times.pollDuration(), now) <= 0) {
      owner.pollIsOver();
      return; // that looks again
    }
    long next = leftOfSilence(now);
    if (!isCarried) {
      next = Math.min(next, left(times.closeTimeout(), now));
    } else if (!isLasting) {
      next = Math.min(next, left(times.pollDuration(), now));
    } else {
      next = Math.min(next, probeIfSilent(now));
    }
    set(now, next);
  }

  private long probeIfSilent(long now) {
    long interval = times.probeInterval().toNanos();
    long silent = now - heard;
    if (silent < interval) {
      return interval - silent;
    }
    owner.probe();
    return interval;
  }

  private long left(Duration limit, long now) {
    return since + limit.toNanos() - now;
  }

  private long leftOfSilence(long now) {
    return heard + times.silenceTimeout().toNanos() - now;
  }

  private void set(long now, long nanos) {
    Future<?> earlier = timer;
    if (earlier != null && timerAt - (now + nanos) <= 0) {
      return; // it looks again then
    }
    if (earlier != null) {
      earlier.cancel(false);
    }
    timerAt = now + nanos;
    timer =
        loop.schedule(
            () -> {
              timer = null;
              look();
            },
            nanos,
            TimeUnit.NANOSECONDS);
  }
}
