// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Moves the expiry of the sessions that have a socket, again and again, on a virtual thread. */
final class KeepAlive implements AutoCloseable {
  private static final int NAMES_AT_ONCE = 500;

  private final Store store;
  private final Duration timeout;
  private final Consumer<Throwable> failures;
  private volatile @Nullable Thread thread;

  KeepAlive(Store store, Duration timeout, Consumer<Throwable> failures) {
    this.store = store;
    this.timeout = timeout;
    this.failures = failures;
  }

  /** Begins with the names of a live set. */
  void start(Set<String> names, Duration interval) {
    thread = Thread.startVirtualThread(() -> repeat(names, interval));
  }

  /** Moves the expiry of a session once. Does not block. */
  void touch(String name) {
    store
        .expire(name, timeout)
        .thenCombine(
            store.expire(SessionIds.markOf(name), SessionEnds.lifeOfMark(timeout)), Integer::sum)
        .whenComplete(
            (count, failure) -> {
              if (failure != null) {
                failures.accept(failure);
              }
            });
  }

  private void repeat(Set<String> names, Duration interval) {
    try {
      while (true) {
        Thread.sleep(interval);
        touchAll(names);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void touchAll(Collection<String> names) {
    List<String> some = new ArrayList<>(NAMES_AT_ONCE);
    for (String name : names) {
      some.add(name);
      if (some.size() == NAMES_AT_ONCE) {
        touchSome(some);
        some.clear();
      }
    }
    touchSome(some);
  }

  private void touchSome(List<String> names) {
    try {
      store.expire(List.copyOf(names), timeout).join();
      List<String> marks = names.stream().map(SessionIds::markOf).toList();
      store.expire(marks, SessionEnds.lifeOfMark(timeout)).join();
    } catch (CompletionException e) {
      failures.accept(e.getCause() == null ? e : e.getCause());
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
