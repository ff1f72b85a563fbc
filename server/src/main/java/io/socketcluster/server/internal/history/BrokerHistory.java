// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.broker.history.ChannelHistories;
import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryPosition;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.broker.history.HistoryStart;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the history of a channel that a broker keeps. What the subscription brings is appended to
 * the history in memory; what it has not brought is read from the broker, and so is what a newcomer
 * wants and the memory does not have. Thread-safe; no method blocks.
 */
public final class BrokerHistory implements ChannelSubscriber {
  private static final int PAGE_BYTES = 65_536;

  private final ChannelHistory local;
  private final ChannelHistories broker;
  private final HistoryBounds bounds;
  private final Consumer<Throwable> failures;
  private final AtomicInteger wishes = new AtomicInteger(); // to read what is missing
  private final AtomicInteger gaps = new AtomicInteger();
  private volatile boolean isInTouch = true; // nothing was missed since the last message
  private volatile boolean hasFailed; // to read what is missing
  private volatile @Nullable String refused; // the epoch of a message that was not accepted

  /**
   * @param failures is told why a page of the broker could not be taken
   */
  BrokerHistory(
      ChannelHistory local,
      ChannelHistories broker,
      HistoryBounds bounds,
      Consumer<Throwable> failures) {
    this.failures = failures;
    this.local = local;
    this.broker = broker;
    this.bounds = bounds;
  }

  @Override
  public void deliver(ChannelMessage message) {
    HistoryPosition position = message.position();
    if (position == null) {
      local.unnumbered();
    } else if (!local.accept(position, message.data(), isInTouch)) {
      refused = position.epoch();
      readMissing();
    }
  }

  /** Messages may be missing from now on. */
  void gapBegins() {
    isInTouch = false;
    gaps.incrementAndGet();
  }

  /** Messages may have been missed, and the broker can be asked. */
  void gapEnds() {
    gapBegins();
    readMissing();
  }

  /** Tries again what has failed. */
  void retry() {
    if (hasFailed) {
      hasFailed = false;
      readMissing();
    }
  }

  private void readMissing() {
    if (wishes.getAndIncrement() == 0) {
      readNext();
    }
  }

  private void readNext() {
    Place end = local.end();
    if (end == null) {
      wishes.set(0); // the first newcomer asks where the end is
      isInTouch = true;
      return;
    }
    int known = wishes.get();
    HistoryStart start = HistoryStart.after(end.epoch(), end.offset());
    read(start, PAGE_BYTES)
        .whenComplete(
            (page, failure) -> {
              if (failure == null) {
                taken(page, known);
              } else {
                notRead();
              }
            });
  }

  /** Leaves it to {@link #retry}. */
  private void notRead() {
    wishes.set(0);
    hasFailed = true;
  }

  private void taken(HistoryPage page, int known) {
    try {
      local.take(page);
    } catch (RuntimeException | Error e) { // of an engine of the application's own, for instance
      notRead();
      failures.accept(e);
      return;
    }
    if (!page.isLast() || wishes.addAndGet(-known) > 0) {
      readNext();
    } else {
      isInTouch = true;
      tellOfAnotherHistory();
    }
  }

  /** A server with other bounds publishes to a history that this one does not read. */
  private void tellOfAnotherHistory() {
    String epoch = refused;
    refused = null;
    Place end = local.end();
    if (epoch != null && end != null && !epoch.equals(end.epoch())) {
      local.unnumbered();
    }
  }

  /**
   * Reads for a newcomer what memory does not have. The future has no page if the newcomer has to
   * ask again later; it fails if the broker does not answer.
   */
  public CompletableFuture<Optional<Page>> read(Recovery asked, int byteLimit) {
    int before = gaps.get();
    String epoch = asked.epoch();
    HistoryStart start =
        epoch == null
            ? HistoryStart.newest(Math.min(asked.last(), bounds.size()))
            : HistoryStart.after(epoch, asked.offset());
    return read(start, byteLimit)
        .thenApply(page -> before == gaps.get() ? pageOf(page, asked) : Optional.empty());
  }

  private Optional<Page> pageOf(HistoryPage page, Recovery asked) {
    Page found = local.pageOf(page, asked);
    if (found == null) {
      readMissing();
    }
    return Optional.ofNullable(found);
  }

  /** An engine of the application's own may throw where its future should fail. */
  private CompletableFuture<HistoryPage> read(HistoryStart start, int byteLimit) {
    try {
      return broker.read(new HistoryRequest(local.channel(), start, bounds, byteLimit));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
