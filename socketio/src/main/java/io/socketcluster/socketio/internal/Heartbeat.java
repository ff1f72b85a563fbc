// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socketcluster.socketio.TransportOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeats of a session with a stream or a WebSocket: {@code ~h~1}, the echo of the client,
 * and after the interval {@code ~h~2}. Event loop only.
 */
final class Heartbeat {
  /** Sends heartbeats, and learns that the client has gone. */
  interface Owner {
    /** Sends a heartbeat; returns false when the client still reads what was sent before. */
    boolean send(int number);

    /** The client has not echoed in time. */
    void missed();
  }

  private final EventLoop loop;
  private final TransportOptions times;
  private final Owner owner;
  private @Nullable Future<?> timer;
  private int number;
  private boolean isAwaited;

  Heartbeat(EventLoop loop, TransportOptions times, Owner owner) {
    this.loop = loop;
    this.times = times;
    this.owner = owner;
  }

  /** A connection is open: the first interval begins. */
  void start() {
    stop();
    if (times.timeout().isPositive()) {
      timer = after(times.heartbeatInterval(), this::beat);
    }
  }

  /** There is no connection any more. */
  void stop() {
    isAwaited = false;
    Future<?> set = timer;
    if (set != null) {
      timer = null;
      set.cancel(false);
    }
  }

  /** The client has echoed a heartbeat; others than the last one say nothing. */
  void echoed(String echo) {
    if (isAwaited && echo.equals(Integer.toString(number))) {
      start();
    }
  }

  private void beat() {
    if (owner.send(number + 1)) {
      number++;
      isAwaited = true;
      timer = after(times.timeout(), owner::missed);
    } else {
      timer = after(times.heartbeatInterval(), this::beat);
    }
  }

  private Future<?> after(Duration time, Runnable task) {
    return loop.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
