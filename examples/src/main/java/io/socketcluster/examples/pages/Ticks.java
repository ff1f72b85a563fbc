// SPDX-License-Identifier: MIT
package io.socketcluster.examples.pages;

import io.socketcluster.server.AGServer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A beat: the same task again and again, from when the server listens until it closes. */
public final class Ticks {
  private Ticks() {}

  /**
   * Runs the task on one virtual thread. A beat that comes too late is made up for by none.
   *
   * @param task must not throw
   */
  public static void every(Duration interval, AGServer server, Runnable task) {
    server
        .listener(AGServer.READY)
        .consume(ready -> Thread.startVirtualThread(() -> run(interval, server, task)));
  }

  private static void run(Duration interval, AGServer server, Runnable task) {
    try {
      long next = System.nanoTime();
      while (server.isServing()) {
        task.run();
        next = Math.max(next + interval.toNanos(), System.nanoTime());
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
