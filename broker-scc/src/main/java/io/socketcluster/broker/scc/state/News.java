// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.state;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.core.SocketState;
import io.socketcluster.server.AGServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells all workers what instances of a kind there are: some time after a change, so that changes
 * that come together are told together. A worker that does not answer is told again. Thread-safe.
 */
final class News {
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final InstanceKind kind;
  private final Members members;
  private final Duration retryDelay;
  private final ScheduledExecutorService timer;

  @GuardedBy("this")
  private @Nullable ScheduledFuture<?> planned;

  @GuardedBy("this")
  private long plannedFirst;

  @GuardedBy("this")
  private int edition;

  News(InstanceKind kind, Members members, Duration retryDelay, ScheduledExecutorService timer) {
    this.kind = kind;
    this.members = members;
    this.retryDelay = retryDelay;
    this.timer = timer;
  }

  /** Tells a change after a delay, unless another change comes, whose delay counts then. */
  synchronized void plan(String event, Duration delay) {
    long now = System.nanoTime();
    if (planned == null) {
      plannedFirst = now;
    } else {
      planned.cancel(false);
    }
    // An instance that comes and goes all the time must not keep all others from being told.
    long wait = Math.min(delay.toNanos(), Math.max(0, plannedFirst + LONGEST_WAIT_NANOS - now));
    planned = schedule(() -> tellAll(event), wait);
  }

  private @Nullable ScheduledFuture<?> schedule(Runnable task, long nanos) {
    try {
      return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      return null; // the server is closed
    }
  }

  private void tellAll(String event) {
    int current;
    synchronized (this) {
      planned = null;
      current = ++edition;
    }
    Map<String, Object> list = members.lists(List.of(kind));
    members.all(InstanceKind.WORKER).forEach(worker -> tell(worker, event, list, current));
  }

  private void tell(Instance worker, String event, Map<String, Object> list, int number) {
    AGServerSocket socket = worker.socket();
    Map<String, Object> news = new LinkedHashMap<>(list);
    news.put("sccSourceWorkerURI", worker.uri());
    socket
        .invoke(event, news)
        .whenComplete(
            (done, failure) -> {
              if (failure != null && socket.state() == SocketState.OPEN) {
                schedule(() -> tellAgain(worker, event, list, number), retryDelay.toNanos());
              }
            });
  }

  private void tellAgain(Instance worker, String event, Map<String, Object> list, int number) {
    boolean isLatest;
    synchronized (this) {
      isLatest = edition == number;
    }
    if (isLatest && members.has(InstanceKind.WORKER, worker.socket().id())) {
      tell(worker, event, list, number);
    }
  }
}
