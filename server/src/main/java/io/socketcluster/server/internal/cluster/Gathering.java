// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.server.ClusterAnswer;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Gathers the answers of the servers to one question. Thread-safe. */
final class Gathering {
  private static final int MOST_ANSWERS = 10_000;

  private final Instant askedAt = Instant.now();
  private final CompletableFuture<Void> enough = new CompletableFuture<>();
  private final String self;

  /** Whether servers may be there that are not known. */
  private final boolean mayBeMore;

  @GuardedBy("this")
  private final Set<String> awaited;

  @GuardedBy("this")
  private final Set<String> answered = new HashSet<>();

  @GuardedBy("this")
  private long count;

  @GuardedBy("this")
  private boolean unreachable;

  Gathering(String self, Set<String> others, boolean mayBeMore) {
    this.self = self;
    this.mayBeMore = mayBeMore;
    this.awaited = new HashSet<>(others);
    awaited.add(self);
  }

  /** Returns what completes when nobody else is awaited. */
  CompletableFuture<Void> enough() {
    return enough;
  }

  /** A server has answered; without effect the second time. */
  void answered(String server, long itsCount) {
    synchronized (this) {
      if (answered.size() < MOST_ANSWERS && answered.add(server)) {
        count += itsCount;
      }
      awaited.remove(server);
    }
    completeIfEnough();
  }

  /** The question has not reached the others: only this server's own answer is awaited. */
  void unreachable() {
    synchronized (this) {
      unreachable = true;
    }
    completeIfEnough();
  }

  private void completeIfEnough() {
    boolean isEnough;
    synchronized (this) {
      isEnough = unreachable ? answered.contains(self) : awaited.isEmpty() && !mayBeMore;
    }
    if (isEnough) {
      enough.complete(null);
    }
  }

  synchronized ClusterAnswer result() {
    int missing = unreachable ? Math.max(1, awaited.size()) : awaited.size();
    return new ClusterAnswer(count, answered.size(), missing, askedAt);
  }
}
