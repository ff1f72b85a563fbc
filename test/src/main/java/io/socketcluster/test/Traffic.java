// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The bytes between the event loops of servers and clients. An event loop reads what has arrived
 * before it runs a task that was scheduled for at once. In a round each event loop does so; the
 * first round lets a question leave, the second arrive, the third lets the answer arrive, and the
 * fourth whatever that causes.
 */
final class Traffic {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int ROUNDS = 4;
  private static final int LOOK_MILLIS = 50;

  private final Set<ScheduledExecutorService> loops = ConcurrentHashMap.newKeySet();

  void flowsThrough(ScheduledExecutorService loop) {
    loops.add(loop);
  }

  /** Returns when questions that were asked before have arrived, and their answers. */
  void settle() {
    for (int i = 0; i < ROUNDS; i++) {
      Map<ScheduledExecutorService, CountDownLatch> turns = new HashMap<>();
      loops.forEach(loop -> turns.put(loop, turn(loop)));
      turns.forEach(Traffic::await);
      loops.removeIf(ScheduledExecutorService::isShutdown);
    }
  }

  private static CountDownLatch turn(ScheduledExecutorService loop) {
    CountDownLatch done = new CountDownLatch(1);
    try {
      loop.execute(() -> loop.schedule(done::countDown, 0, TimeUnit.NANOSECONDS));
    } catch (RejectedExecutionException e) {
      done.countDown(); // it has ended
    }
    return done;
  }

  /** Awaits a turn, unless the loop ends before. */
  private static void await(ScheduledExecutorService loop, CountDownLatch turn) {
    long begun = System.nanoTime();
    try {
      while (!turn.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && !loop.isShutdown()) {
        if (System.nanoTime() - begun > PATIENCE.toNanos()) {
          throw new AssertionError("An event loop is still busy after " + PATIENCE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }
}
