// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import java.util.concurrent.Executor;

/** Where the application goes on after a future: a virtual thread, never the event loop. */
public final class ApplicationThreads {
  public static final Executor EXECUTOR =
      task -> Thread.ofVirtual().name("socketcluster-callback").start(task);

  private ApplicationThreads() {}
}
