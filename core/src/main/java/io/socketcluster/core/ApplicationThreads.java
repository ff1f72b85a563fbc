// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import java.util.concurrent.Executor;

/** Where the application goes on after a future: a virtual thread, never an event loop. */
public final class ApplicationThreads {
  /** Starts a virtual thread for each task. */
  public static final Executor EXECUTOR =
      task -> Thread.ofVirtual().name("socketcluster-callback").start(task);

  private ApplicationThreads() {}
}
