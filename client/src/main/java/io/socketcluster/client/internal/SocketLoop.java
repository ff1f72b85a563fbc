// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socketcluster.core.connection.ConnectionTimer;
import io.socketcluster.protocol.errors.AGException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The event loop that a socket belongs to. Thread-safe. */
record SocketLoop(EventLoop eventLoop) implements ConnectionTimer {
  /** Returns whether this is called on the event loop. */
  boolean isCurrent() {
    return eventLoop.inEventLoop();
  }

  /** Runs a task on the event loop: now if that is where the caller is. */
  void run(Runnable task) {
    if (eventLoop.inEventLoop()) {
      task.run();
    } else {
      eventLoop.execute(task);
    }
  }

  /** Runs a task on the event loop and returns when it has run; throws what the task throws. */
  void await(Runnable task) {
    if (eventLoop.inEventLoop()) {
      task.run();
      return;
    }
    try {
      CompletableFuture.runAsync(task, eventLoop).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof AGException error ? error : e;
    }
  }

  @Override
  public Timeout schedule(Duration delay, Runnable task) {
    Future<?> timer = eventLoop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> timer.cancel(false);
  }
}
