// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Moves the expiry of the sessions that have a socket, again and again, on a virtual thread. */
final class KeepAlive implements AutoCloseable {
  private static final int NAMES_AT_ONCE = 500;

  private final Store store;
  private final Duration timeout;
  private final SessionMarks marks;
  private final Consumer<Throwable> failures;
  private volatile @Nullable Thread thread;

  KeepAlive(Store store, Duration timeout, SessionMarks marks, Consumer<Throwable> failures) {
    this.store = store;
    this.timeout = timeout;
    this.marks = marks;
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
        .thenCombine(marks.move(name), (data, mark) -> name)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                failures.accept(failure);
              }
            });
  }

  private void repeat(Set<String> names, Duration interval) {
    Set<String> withoutMark = Set.of();
    try {
      while (true) {
        Thread.sleep(interval);
        withoutMark = touchAll(names, withoutMark);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /**
   * Moves the expiry of all, and creates the marks that the store has lost. A mark is lost if it
   * was missing before: that of a destroyed session is missing until the sockets have closed.
   *
   * @param before the sessions whose mark was missing the last time
   * @return the sessions whose mark is missing
   */
  private Set<String> touchAll(Collection<String> names, Set<String> before) {
    Set<String> withoutMark = new HashSet<>();
    List<String> some = new ArrayList<>(NAMES_AT_ONCE);
    for (String name : names) {
      some.add(name);
      if (some.size() == NAMES_AT_ONCE) {
        touchSome(some, before, withoutMark);
        some.clear();
      }
    }
    touchSome(some, before, withoutMark);
    return withoutMark;
  }

  private void touchSome(List<String> names, Set<String> before, Set<String> withoutMark) {
    try {
      store.expire(List.copyOf(names), timeout).join();
      List<CompletableFuture<Boolean>> moved = names.stream().map(marks::move).toList();
      for (int i = 0; i < moved.size(); i++) {
        if (!moved.get(i).join() && marks.areWanted()) {
          missing(names.get(i), before, withoutMark);
        }
      }
    } catch (CompletionException e) {
      failures.accept(e.getCause() == null ? e : e.getCause());
    }
  }

  private void missing(String name, Set<String> before, Set<String> withoutMark) {
    if (before.contains(name)) {
      marks.create(name).join();
    } else {
      withoutMark.add(name);
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
