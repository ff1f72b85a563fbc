// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import io.netty.channel.EventLoop;
import io.socketcluster.core.connection.OwningThread;

/** The event loop of a server as the thread that owns the state of its sockets. */
public final class LoopTasks {
  private LoopTasks() {}

  /**
   * Runs a task, as {@link OwningThread#run} does. On the loop itself it runs now, unless the
   * caller is the application's code ({@link InlineCall}).
   */
  public static void run(EventLoop loop, Runnable task) {
    OwningThread.run(loop, loop.inEventLoop() && !InlineCall.defersTasks(), task);
  }

  /**
   * Runs a task and returns when it has run; for the threads of the application.
   *
   * @throws IllegalStateException in an {@link InlineCall}
   */
  public static void await(EventLoop loop, Runnable task) {
    boolean isCurrent = loop.inEventLoop();
    if (isCurrent) {
      InlineCall.refuseToWait();
    }
    OwningThread.await(loop, isCurrent, task);
  }

  /**
   * Asserts that the caller is on the event loop to which the state of its sockets is confined. A
   * loop that ends has no other user of that state.
   */
  public static void check(EventLoop loop) {
    assert loop.inEventLoop() || loop.isShuttingDown() : "not on the event loop of the socket";
  }
}
