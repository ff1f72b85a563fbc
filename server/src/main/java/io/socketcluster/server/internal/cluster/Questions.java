// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import io.socketcluster.core.connection.ApplicationThreads;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.server.ClusterAnswer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The questions of this server that the others have not answered yet. Thread-safe. */
final class Questions {
  static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int MOST = 1_024;

  private final Map<Long, Gathering> open = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  /** Puts a question to servers. */
  @FunctionalInterface
  interface Asking {
    void ask(long number, Gathering answers);
  }

  /** Asks; the future completes when everybody awaited has answered, or when the time is over. */
  CompletableFuture<ClusterAnswer> ask(Gathering answers, Asking asking) {
    if (open.size() >= MOST) {
      return CompletableFuture.failedFuture(
          new ResourceLimitError("Too many calls of the cluster are under way: " + MOST));
    }
    long number = numbers.incrementAndGet();
    open.put(number, answers);
    asking.ask(number, answers);
    return answers
        .enough()
        .completeOnTimeout(null, LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .thenApplyAsync(
            done -> {
              open.remove(number);
              return answers.result();
            },
            ApplicationThreads.EXECUTOR);
  }

  /** A server has answered; without effect when it is too late, or nobody has asked. */
  void answered(ServersMessage.Answer answer) {
    Gathering answers = open.get(answer.number());
    if (answers != null) {
      answers.answered(answer.from(), answer.count());
    }
  }
}
