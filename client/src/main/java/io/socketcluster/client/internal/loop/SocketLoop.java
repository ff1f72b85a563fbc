// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.loop;

import io.netty.channel.EventLoop;
import io.socketcluster.core.connection.ConnectionTimer;
import io.socketcluster.core.connection.OwningThread;
import io.socketcluster.core.time.TimeSource;
import java.time.Duration;

/**
 * The event loop that owns the state of a socket, and the time that the socket goes by.
 * Thread-safe.
 */
public record SocketLoop(EventLoop eventLoop, TimeSource time) implements ConnectionTimer {
  /** Returns whether this is called on the event loop. */
  public boolean isCurrent() {
    return eventLoop.inEventLoop();
  }

  /** Asserts that the caller is on the event loop, to which the state of the socket is confined. */
  public void check() {
    assert eventLoop.inEventLoop() : "not on the event loop of the socket";
  }

  /** Runs a task on the event loop: now if the caller is on it. */
  public void run(Runnable task) {
    OwningThread.run(eventLoop, isCurrent(), task);
  }

  /** Runs a task on the event loop and returns when it has run; throws what the task throws. */
  public void await(Runnable task) {
    OwningThread.await(eventLoop, isCurrent(), task);
  }

  @Override
  public Timeout schedule(Duration delay, Runnable task) {
    return ConnectionTimer.of(time, eventLoop).schedule(delay, task);
  }

  /** Returns the timer of what waits for other threads of this process. */
  public ConnectionTimer waiting() {
    return ConnectionTimer.of(TimeSource.system(), eventLoop);
  }
}
