// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.protocol.errors.BrokerError;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads histories on the connection of the moment, a bounded number at a time, so that the pages
 * that are under way take a bounded memory. The others wait in their order. Thread-safe.
 */
final class HistoryReads {
  private static final int AT_ONCE = 64;
  private static final int MOST_WAITING = 100_000;

  private final Supplier<@Nullable BrokerConnection> connection;
  private final Queue<Read> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger wakeUps =
      new AtomicInteger(); // more than zero: a thread starts reads

  private record Read(HistoryRequest request, CompletableFuture<HistoryPage> page) {}

  /**
   * @param connection returns the connection in use, or null if there is none
   */
  HistoryReads(Supplier<@Nullable BrokerConnection> connection) {
    this.connection = connection;
  }

  CompletableFuture<HistoryPage> read(HistoryRequest request) {
    if (waitingCount.incrementAndGet() > MOST_WAITING) {
      waitingCount.decrementAndGet();
      return failed("The broker is too slow: too many reads of histories wait for it");
    }
    Read read = new Read(request, new CompletableFuture<>());
    waiting.add(read);
    startNext();
    return read.page();
  }

  private static CompletableFuture<HistoryPage> failed(String reason) {
    return CompletableFuture.failedFuture(new BrokerError(reason));
  }

  /** A read may complete while it is started: its end only counts, and this loop goes on. */
  private void startNext() {
    if (wakeUps.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    while (seen > 0) {
      while (underWay.get() < AT_ONCE && startOne()) {
        // as many as may be under way
      }
      seen = wakeUps.addAndGet(-seen);
    }
  }

  private boolean startOne() {
    Read next = waiting.poll();
    if (next == null) {
      return false;
    }
    waitingCount.decrementAndGet();
    underWay.incrementAndGet();
    asked(next.request())
        .whenComplete(
            (page, failure) -> {
              underWay.decrementAndGet();
              complete(next, page, failure);
              startNext();
            });
    return true;
  }

  /** An exception, too, is an answer: without it the loop that starts reads would end for good. */
  private CompletableFuture<HistoryPage> asked(HistoryRequest request) {
    try {
      BrokerConnection current = connection.get();
      return current == null
          ? failed("There is no connection to the broker")
          : current.read(request);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static void complete(Read read, @Nullable HistoryPage page, @Nullable Throwable failure) {
    if (page != null) {
      read.page().complete(page);
    } else {
      read.page().completeExceptionally(error(Objects.requireNonNull(failure, "failure")));
    }
  }

  private static BrokerError error(Throwable failure) {
    return failure instanceof BrokerError known
        ? known
        : new BrokerError("A history could not be read: " + failure, failure);
  }
}
