// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A task that is due at a moment of a virtual clock, on a thread of its own. */
final class VirtualTimer extends FutureTask<Void> {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final long at;
  private final Executor thread;
  private final Consumer<VirtualTimer> onCancel;

  VirtualTimer(long at, Executor thread, Runnable task, Consumer<VirtualTimer> onCancel) {
    super(task, null);
    this.at = at;
    this.thread = thread;
    this.onCancel = onCancel;
  }

  long at() {
    return at;
  }

  @Override
  protected void done() {
    if (isCancelled()) {
      onCancel.accept(this);
    }
  }

  /** Runs the task on its thread, unless that has ended, and returns when it has run. */
  void runToItsEnd() {
    try {
      thread.execute(this);
      get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (RejectedExecutionException | CancellationException e) {
      return; // its thread has ended, or the task before it has taken it back
    } catch (ExecutionException e) {
      throw new AssertionError("A task of the virtual clock failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("A task of the virtual clock has not ended after " + PATIENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }
}
