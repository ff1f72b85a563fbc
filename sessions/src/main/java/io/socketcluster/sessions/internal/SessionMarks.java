// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * The marks of sessions that have had a socket, in the store beside the data. A mark lives an hour
 * longer than its session: in that hour the session has ended. Thread-safe.
 */
final class SessionMarks {
  private static final Duration GRACE = Duration.ofHours(1);

  private final Store store;
  private final Duration timeout;
  private final BooleanSupplier wanted;

  /**
   * Creates the access to the marks.
   *
   * @param wanted returns whether anybody listens to the ends of sessions: no mark is created
   *     otherwise
   */
  SessionMarks(Store store, Duration timeout, BooleanSupplier wanted) {
    this.store = store;
    this.timeout = timeout;
    this.wanted = wanted;
  }

  boolean areWanted() {
    return wanted.getAsBoolean();
  }

  /** Lets a mark live for another while; returns whether there is one. */
  CompletableFuture<Boolean> move(String name) {
    return store.expire(SessionIds.markOf(name), timeout.plus(GRACE)).thenApply(found -> found > 0);
  }

  /** Lets a mark live for another while, or creates it if marks are wanted. */
  CompletableFuture<Void> keep(String name) {
    return areWanted()
        ? move(name)
            .thenCompose(
                found -> found ? CompletableFuture.<Void>completedFuture(null) : create(name))
        : CompletableFuture.<Void>completedFuture(null);
  }

  CompletableFuture<Void> create(String name) {
    return store
        .expiring(List.of(SessionIds.markOf(name)), timeout.plus(GRACE))
        .set(List.of("begun"), true);
  }

  /** Removes a mark; returns whether there was one, which is true for one caller only. */
  CompletableFuture<Boolean> remove(String name) {
    return store.remove(SessionIds.markOf(name)).thenApply(mark -> !mark.isMissingNode());
  }

  /**
   * Returns whether a socket of any server, or the data, is younger than the timeout. The mark ends
   * with the data then. Blocks.
   */
  boolean isAlive(String name) {
    String mark = SessionIds.markOf(name);
    Instant expiry = store.getExpiry(mark).join();
    if (expiry == null) {
      return false;
    }
    Instant now = Instant.now();
    if (expiry.isAfter(now.plus(GRACE))) {
      return true;
    }
    Instant ofData = store.getExpiry(name).join();
    if (ofData == null) {
      return false;
    }
    store.expire(mark, Duration.between(now, ofData).plus(GRACE)).join();
    return true;
  }
}
