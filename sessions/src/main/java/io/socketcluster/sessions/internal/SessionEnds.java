// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.sessions.SessionEnd;
import io.socketcluster.store.Store;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which sessions have ended, by their {@linkplain SessionMarks marks}. Whichever server
 * removes a mark tells of the end, so that one alone does.
 */
final class SessionEnds implements AutoCloseable {
  private static final int MOST = 100_000;

  private final Store store;
  private final SessionMarks marks;
  private final EndListener listener;
  private final Predicate<String> hasSockets;
  private final Consumer<Throwable> failures;

  /** The ids by name of sessions that a socket of this server has left. */
  private final ConcurrentMap<String, String> ids = new ConcurrentHashMap<>();

  /** The marks that are being written. */
  private final ConcurrentMap<String, CompletableFuture<Void>> beginning =
      new ConcurrentHashMap<>();

  private final AtomicBoolean hasWarned = new AtomicBoolean();
  private volatile @Nullable Thread thread;

  SessionEnds(
      Store store,
      SessionMarks marks,
      EndListener listener,
      Predicate<String> hasSockets,
      Consumer<Throwable> failures) {
    this.store = store;
    this.marks = marks;
    this.listener = listener;
    this.hasSockets = hasSockets;
    this.failures = failures;
  }

  /** Begins to look, again and again, on a virtual thread. */
  void start(Duration interval) {
    thread = Thread.startVirtualThread(() -> repeat(interval));
  }

  /** A socket has joined a session. Does not block. */
  void joined(String name) {
    ids.remove(name);
    CompletableFuture<Void> mark = marks.keep(name);
    mark.whenComplete(this::failed);
    if (!mark.isDone()) {
      CompletableFuture<Void> all = beginning.merge(name, mark, CompletableFuture::allOf);
      all.whenComplete((done, failure) -> beginning.remove(name, all));
    }
  }

  /** Waits until no mark of a session is being written, whether that has worked or not. */
  private CompletableFuture<String> begun(String name) {
    CompletableFuture<Void> mark = beginning.get(name);
    return mark == null
        ? CompletableFuture.completedFuture(name)
        : mark.handle((done, failure) -> name);
  }

  /**
   * A socket has left a session. Does not block.
   *
   * @param isGiven whether a client may have the id of the session and come back; without data, the
   *     session ends now otherwise
   */
  void left(String name, String id, boolean isGiven) {
    if (!marks.areWanted()) {
      return;
    }
    watch(name, id);
    if (!isGiven) {
      begun(name)
          .thenRunAsync(() -> attempt(() -> endWithoutData(name, id)), Thread::startVirtualThread);
    }
  }

  private void watch(String name, String id) {
    if (ids.size() < MOST) {
      ids.put(name, id);
    } else if (hasWarned.compareAndSet(false, true)) {
      failures.accept(
          new ResourceLimitError(
              "Not all ends of sessions are told: "
                  + MOST
                  + " sessions without a socket wait for their ends at this server already"));
    }
  }

  private void endWithoutData(String name, String id) {
    if (!hasSockets.test(name) && !store.hasKey(name).join()) {
      expire(name, id);
    }
  }

  /** Ends a session; returns whether it is for this server to tell of it. */
  CompletableFuture<Boolean> end(String name) {
    return begun(name).thenCompose(store::remove).thenCompose(data -> marks.remove(name));
  }

  void tell(String id, boolean expired) {
    listener.ended(new SessionEnd(id, expired));
  }

  private void repeat(Duration interval) {
    try {
      while (true) {
        Thread.sleep(interval);
        for (Map.Entry<String, String> each : Map.copyOf(ids).entrySet()) {
          attempt(() -> check(each.getKey(), each.getValue()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void check(String name, String id) {
    if (!hasSockets.test(name) && !marks.isAlive(name)) {
      expire(name, id);
    }
  }

  /** Tells of an end if no other server has. The id is known until the store has answered. */
  private void expire(String name, String id) {
    boolean isForThisServer = marks.remove(name).join();
    ids.remove(name, id);
    if (isForThisServer) {
      tell(id, true);
    }
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (CompletionException e) {
      failures.accept(e.getCause() == null ? e : e.getCause());
    }
  }

  private void failed(@Nullable Object done, @Nullable Throwable failure) {
    if (failure != null) {
      failures.accept(failure);
    }
  }

  @Override
  public void close() {
    Thread started = thread;
    if (started != null) {
      started.interrupt();
    }
  }
}
