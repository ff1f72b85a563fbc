// SPDX-License-Identifier: MIT
package io.socketcluster.store.internal;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.TimeoutError;
import io.socketcluster.store.StoreChange;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.store.spi.StoreBackend;
import io.socketcluster.store.spi.StoreWrite;
import io.socketcluster.store.spi.StoredValue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes each verb one atomic change: reads the value, works on a draft of it, and replaces the
 * value unless somebody else has done so meanwhile; then all of it is repeated.
 */
final class Updates {
  private static final int TRIES_AT_ONCE = 8;
  private static final int LONGEST_PAUSE_BITS = 6; // 64 ms
  private static final Executor VIRTUAL = Thread::startVirtualThread;

  private final StoreBackend backend;
  private final StoreOptions options;
  private final Limits limits;
  private final AtomicBoolean closed = new AtomicBoolean();

  Updates(StoreBackend backend, StoreOptions options) {
    this.backend = backend;
    this.options = options;
    this.limits = new Limits(options);
  }

  private record Update<T extends @Nullable Object>(
      StoreChange change, Function<Draft, T> work, long deadline) {
    String key() {
      return change.path().getFirst();
    }

    boolean isLate() {
      return System.nanoTime() - deadline > 0;
    }
  }

  /**
   * Works on the value at a path.
   *
   * @param work has the value at the empty path; may be called again
   */
  <T extends @Nullable Object> CompletableFuture<T> change(
      String verb, List<String> path, Function<Draft, T> work) {
    return call(
        () -> {
          StoreChange change = new StoreChange(verb, path);
          limits.checkPath(change.path());
          long deadline = System.nanoTime() + options.timeout().toNanos();
          return attempt(new Update<>(change, work, deadline), 1);
        });
  }

  private <T extends @Nullable Object> CompletableFuture<T> attempt(Update<T> update, int tries) {
    return then(backend.read(update.key()), before -> apply(update, before, tries));
  }

  private <T extends @Nullable Object> CompletableFuture<T> apply(
      Update<T> update, StoredValue before, int tries) {
    Draft draft = new Draft(before.value(), update.change().path(), limits);
    T result = update.work().apply(draft);
    if (!draft.isChanged()) {
      return CompletableFuture.completedFuture(result);
    }
    int bytes = limits.measure(draft.root());
    StoreWrite write = new StoreWrite(draft.root(), bytes, draft.expiry(), update.change());
    return then(
        backend.replace(before, write),
        done -> done ? CompletableFuture.completedFuture(result) : again(update, tries));
  }

  private <T extends @Nullable Object> CompletableFuture<T> again(Update<T> update, int tries) {
    if (update.isLate() || closed.get()) {
      return CompletableFuture.failedFuture(late());
    }
    if (tries < TRIES_AT_ONCE) {
      return attempt(update, tries + 1);
    }
    int longest = 1 << Math.min(tries - TRIES_AT_ONCE, LONGEST_PAUSE_BITS);
    long pause = ThreadLocalRandom.current().nextLong(longest) + 1;
    Executor later = CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS, VIRTUAL);
    return CompletableFuture.supplyAsync(() -> update, later)
        .thenCompose(same -> attempt(same, tries + 1));
  }

  private TimeoutError late() {
    return new TimeoutError("The store did not complete the call within " + options.timeout());
  }

  /** Calls the backend, and bounds how long that takes. Every failure is the future's. */
  <T extends @Nullable Object> CompletableFuture<T> call(Supplier<CompletableFuture<T>> work) {
    if (closed.get()) {
      return CompletableFuture.failedFuture(new InvalidActionError("The store is closed"));
    }
    try {
      CompletableFuture<T> called = work.get();
      return called.isDone() ? settled(called) : bounded(called);
    } catch (AGException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <T extends @Nullable Object> CompletableFuture<T> settled(
      CompletableFuture<T> called) {
    return called.isCompletedExceptionally()
        ? CompletableFuture.failedFuture(called.exceptionNow())
        : called;
  }

  private <T extends @Nullable Object> CompletableFuture<T> bounded(CompletableFuture<T> called) {
    CompletableFuture<T> result = new CompletableFuture<>();
    called
        .copy()
        .orTimeout(options.timeout().toNanos(), TimeUnit.NANOSECONDS)
        .whenCompleteAsync(
            (value, failure) -> {
              if (failure == null) {
                result.complete(value);
              } else {
                result.completeExceptionally(named(failure));
              }
            },
            VIRTUAL);
    return result;
  }

  private Throwable named(Throwable failure) {
    Throwable cause = failure.getCause();
    Throwable named = failure instanceof CompletionException && cause != null ? cause : failure;
    return named instanceof TimeoutException ? late() : named;
  }

  /** What follows runs on this thread, or on a virtual one when the backend answers later. */
  private static <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> then(
      CompletableFuture<T> answer, Function<T, CompletableFuture<R>> next) {
    return answer.isDone() ? answer.thenCompose(next) : answer.thenComposeAsync(next, VIRTUAL);
  }

  Limits limits() {
    return limits;
  }

  StoreBackend backend() {
    return backend;
  }

  /** Returns whether this was the first call. */
  boolean close() {
    return closed.compareAndSet(false, true);
  }
}
