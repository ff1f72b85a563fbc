// SPDX-License-Identifier: MIT
package io.socketcluster.core.connection;

import io.socketcluster.protocol.errors.AGException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Tasks for the thread that owns the state of a connection: an event loop, on either end. Every
 * method takes the executor of that thread, and whether the caller is on it.
 */
public final class OwningThread {
  private OwningThread() {}

  /**
   * Runs a task on the thread: now if the caller is on it. A thread that has ended runs no task: it
   * has no connections left for which a task would matter.
   */
  public static void run(ScheduledExecutorService thread, boolean isCurrent, Runnable task) {
    if (isCurrent) {
      task.run();
      return;
    }
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      if (!thread.isShutdown()) {
        throw e;
      }
    }
  }

  /**
   * Runs a task on the thread and returns when it has run. For the threads of the application. If
   * the thread has ended, the caller runs the task: the state has no other user.
   *
   * @throws AGException if the task throws it
   */
  public static void await(ScheduledExecutorService thread, boolean isCurrent, Runnable task) {
    if (isCurrent) {
      task.run();
      return;
    }
    CompletableFuture<Void> done;
    try {
      done = CompletableFuture.runAsync(task, thread);
    } catch (RejectedExecutionException e) {
      task.run();
      return;
    }
    try {
      done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof AGException error ? error : e;
    }
  }
}
