// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.sessions.SessionEnd;
import io.socketcluster.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which sessions have ended. The store has a mark for each session that has had a socket,
 * which lives an hour longer than the session: in that hour the session has ended. Whichever server
 * removes the mark tells of the end, so that one alone does.
 */
final class SessionEnds implements AutoCloseable {
  private static final int MOST = 100_000;
  private static final Duration GRACE = Duration.ofHours(1);

  private final Store store;
  private final Duration timeout;
  private final Consumer<SessionEnd> listener;
  private final Consumer<Throwable> failures;
  private final ConcurrentMap<String, String> ids = new ConcurrentHashMap<>(); // by name
  private volatile @Nullable Thread thread;

  SessionEnds(
      Store store, Duration timeout, Consumer<SessionEnd> listener, Consumer<Throwable> failures) {
    this.store = store;
    this.timeout = timeout;
    this.listener = listener;
    this.failures = failures;
  }

  /** Returns how long a mark lives after the last use of its session. */
  static Duration lifeOfMark(Duration timeout) {
    return timeout.plus(GRACE);
  }

  /** Begins to look, again and again, on a virtual thread. */
  void start(Predicate<String> hasSockets, Duration interval) {
    thread = Thread.startVirtualThread(() -> repeat(hasSockets, interval));
  }

  /** A socket has joined a session. Does not block. */
  void joined(String name, String id) {
    watch(name, id);
    String mark = SessionIds.markOf(name);
    store
        .expire(mark, lifeOfMark(timeout))
        .thenCompose(
            found ->
                found > 0
                    ? CompletableFuture.<Void>completedFuture(null)
                    : store
                        .expiring(List.of(mark), lifeOfMark(timeout))
                        .set(List.of("begun"), true))
        .whenComplete(this::failed);
  }

  /** A socket has left a session. */
  void left(String name, String id) {
    watch(name, id);
  }

  private void watch(String name, String id) {
    if (ids.size() < MOST) {
      ids.put(name, id);
    }
  }

  /** Ends a session; returns whether it is for this server to tell of it. */
  CompletableFuture<Boolean> end(String name) {
    return store
        .remove(SessionIds.markOf(name))
        .thenCombine(store.remove(name), (mark, data) -> !mark.isMissingNode());
  }

  void tell(String id, boolean expired) {
    listener.accept(new SessionEnd(id, expired));
  }

  private void repeat(Predicate<String> hasSockets, Duration interval) {
    try {
      while (true) {
        Thread.sleep(interval);
        for (String name : Set.copyOf(ids.keySet())) {
          if (!hasSockets.test(name)) {
            check(name);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void check(String name) {
    try {
      String id = ids.get(name);
      if (id != null && !isAlive(name)) {
        ids.remove(name);
        if (!store.remove(SessionIds.markOf(name)).join().isMissingNode()) {
          tell(id, true);
        }
      }
    } catch (CompletionException e) {
      failures.accept(e.getCause() == null ? e : e.getCause());
    }
  }

  /** Returns whether a socket of any server, or the data, is younger than the timeout. */
  private boolean isAlive(String name) {
    String mark = SessionIds.markOf(name);
    Instant expiry = store.getExpiry(mark).join();
    if (expiry == null) {
      return false;
    }
    if (expiry.isAfter(Instant.now().plus(GRACE))) {
      return true;
    }
    if (store.getExpiry(name).join() == null) {
      return false;
    }
    store.expire(mark, lifeOfMark(timeout)).join();
    return true;
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
