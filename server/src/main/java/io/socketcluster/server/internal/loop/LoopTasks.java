// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socketcluster.core.connection.ConnectionTimer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Runs something on an event loop, now if that is where the caller is. */
public final class LoopTasks {
  private LoopTasks() {}

  /**
   * Runs the task; an event loop that has ended has no sockets left for which it would matter. On
   * the loop itself it runs now, unless the caller is the application's code ({@link InlineCall}).
   */
  public static void run(EventLoop loop, Runnable task) {
    if (loop.inEventLoop() && !InlineCall.defersTasks()) {
      task.run();
      return;
    }
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      if (!loop.isShuttingDown()) {
        throw e;
      }
    }
  }

  /**
   * Runs the task and returns when it has run; for the threads of the application.
   *
   * @throws IllegalStateException in an {@link InlineCall}
   */
  public static void await(EventLoop loop, Runnable task) {
    if (loop.inEventLoop()) {
      InlineCall.refuseToWait();
      task.run();
      return;
    }
    CompletableFuture<Void> done;
    try {
      done = CompletableFuture.runAsync(task, loop);
    } catch (RejectedExecutionException e) {
      task.run(); // the loop has ended, and with it every other user of what the task changes
      return;
    }
    done.join();
  }

  /**
   * Asserts that the caller is on the event loop to which the state of its sockets is confined. A
   * loop that ends has no other user of that state.
   */
  public static void check(EventLoop loop) {
    assert loop.inEventLoop() || loop.isShuttingDown() : "not on the event loop of the socket";
  }

  /** Returns the clock of the sockets that belong to an event loop. */
  public static ConnectionTimer timer(EventLoop loop) {
    return (delay, task) -> {
      Future<?> timer = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> timer.cancel(false);
    };
  }
}
