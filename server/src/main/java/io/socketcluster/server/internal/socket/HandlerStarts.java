// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

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

  private final EventLoop loop;
  private List<Runnable> waiting = new ArrayList<>(); // event loop only

  HandlerStarts(EventLoop loop) {
    this.loop = loop;
  }

  @Override
  public void execute(Runnable handler) {
    if (!loop.inEventLoop()) {
      startNow(handler);
      return;
    }
    waiting.add(handler);
    if (waiting.size() == 1) {
      startAfterReads();
    } else if (waiting.size() == MOST) {
      startWaiting();
    }
  }

  private void startAfterReads() {
    try {
      loop.execute(this::startWaiting);
    } catch (RejectedExecutionException e) { // the loop is about to end
      startWaiting();
    }
  }

  /** A virtual thread that starts others wakes nobody who is awake. */
  @SuppressWarnings("ThreadPriorityCheck") // without it the same happens, but later
  private void startWaiting() {
    List<Runnable> batch = waiting;
    if (batch.size() == 1) {
      startNow(batch.getFirst());
      batch.clear();
    } else if (!batch.isEmpty()) {
      waiting = new ArrayList<>();
      startNow(() -> batch.forEach(HandlerStarts::startNow));
      if (ONE_PROCESSOR) {
        Thread.yield();
      }
    }
  }

  /** Runs a handler without waiting for others. Any thread. */
  public static void startNow(Runnable handler) {
    THREADS.newThread(handler).start();
  }
}
