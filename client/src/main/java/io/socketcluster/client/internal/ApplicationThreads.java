// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import java.util.concurrent.Executor;

/** Where the application goes on after a future: a virtual thread, never the event loop. */
final class ApplicationThreads {
  static final Executor EXECUTOR =
      task -> Thread.ofVirtual().name("socketcluster-callback").start(task);

  private ApplicationThreads() {}
}
