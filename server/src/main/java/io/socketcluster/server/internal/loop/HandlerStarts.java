// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each handler on a virtual thread of its own. Those for which an event loop has work are
 * started together after its reads: to wake the threads that carry them, one by one, costs more
 * than most handlers do. Thread-safe.
 */
public final class HandlerStarts implements Executor {
  /** Others could begin with so many while the event loop still reads. */
  private static final int MOST = 64;

  /** Handlers run when the event loop lets them: better all of them now than each on its own. */
  private static final boolean ONE_PROCESSOR = Runtime.getRuntime().availableProcessors() == 1;

  private static final ThreadFactory THREADS =
      Thread.ofVirtual()
          .name("socketcluster-handler")
          .inheritInheritableThreadLocals(false)
          .factory();

  private static final Logger LOG = LoggerFactory.getLogger(HandlerStarts.class);
  private static final int RETRY_MILLIS = 20;

  private final EventLoop loop;
  private final Executor threads;
  private final Runnable start = this::startWaiting;

  // Event loop only.
  private List<Runnable> waiting = new ArrayList<>();
  private boolean planned;
  private boolean failing;

  public HandlerStarts(EventLoop loop) {
    this(loop, HandlerStarts::startNow);
  }

  /**
   * @param threads runs each task on a thread of its own
   */
  public HandlerStarts(EventLoop loop, Executor threads) {
    this.loop = loop;
    this.threads = threads;
  }

  @Override
  public void execute(Runnable handler) {
    if (!loop.inEventLoop()) {
      threads.execute(handler);
      return;
    }
    waiting.add(handler);
    if (waiting.size() == MOST) {
      startWaiting();
    } else if (!planned) {
      startAfterReads();
    }
  }

  private void startAfterReads() {
    try {
      loop.execute(start);
      planned = true;
    } catch (RejectedExecutionException e) { // the loop is about to end
      startWaiting();
    } catch (Throwable e) {
      tryAgainLater(e);
    }
  }

  /** A virtual thread that starts others wakes nobody who is awake. */
  @SuppressWarnings("ThreadPriorityCheck") // without it the same happens, but later
  private void startWaiting() {
    planned = false;
    List<Runnable> batch = waiting;
    try {
      if (batch.size() == 1) {
        threads.execute(batch.getFirst());
        batch.clear();
      } else if (!batch.isEmpty()) {
        List<Runnable> next = new ArrayList<>();
        threads.execute(() -> batch.forEach(this::startPatiently));
        waiting = next;
        if (ONE_PROCESSOR) {
          Thread.yield();
        }
      }
      failing = false;
    } catch (Throwable e) {
      tryAgainLater(e);
    }
  }

  /** No thread can be started, for want of memory: what waits would not be started by others. */
  private void tryAgainLater(Throwable reason) {
    try {
      loop.schedule(start, RETRY_MILLIS, TimeUnit.MILLISECONDS);
      planned = true;
      if (!failing) {
        failing = true;
        LOG.warn("No thread can be started for handlers; trying again", reason);
      }
    } catch (Throwable e) {
      LOG.debug("The next handler tries again", e);
    }
  }

  /** Starts a handler of a batch as soon as that is possible. */
  private void startPatiently(Runnable handler) {
    while (true) {
      try {
        threads.execute(handler);
        return;
      } catch (Throwable e) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
      }
    }
  }

  /** Runs a handler without waiting for others. Any thread. */
  public static void startNow(Runnable handler) {
    THREADS.newThread(handler).start();
  }
}
