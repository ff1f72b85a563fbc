// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/** Runs each task on a fresh virtual thread that inherits nothing from the submitter. */
final class VirtualThreadExecutor implements Executor {
  static final Executor INSTANCE = new VirtualThreadExecutor();

  private final ThreadFactory factory =
      Thread.ofVirtual().name("stream-consumer").inheritInheritableThreadLocals(false).factory();

  private VirtualThreadExecutor() {}

  @Override
  public void execute(Runnable task) {
    factory.newThread(task).start();
  }
}
