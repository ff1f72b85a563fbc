// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.history.ChannelHistories;
import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryPosition;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.broker.history.HistoryStart;
import io.socketcluster.broker.history.KeptMessage;
import io.socketcluster.protocol.Payload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A broker that keeps one channel in this process. Its offsets have no holes, as in Redis, or have
 * holes because other channels have numbers of the same stream, as in JetStream. What it sends to
 * its subscribers, and what it answers to readers, waits until a test lets it go on, so that it may
 * be late or be lost.
 */
final class BrokerModel implements ChannelHistories {
  private static final long JUMP = 1_000_000;

  private final List<KeptMessage> kept = new ArrayList<>();
  private final Set<Long> places = new HashSet<>();
  private final int size;
  private final IntSupplier others;
  private final List<Line> lines = new ArrayList<>();
  private String epoch = "e1";
  private int epochs = 1;
  private long last;
  private boolean refusesPublishes;

  /** The connection of one server. */
  static final class Line {
    private final Deque<ChannelMessage> messages = new ArrayDeque<>();
    private final Deque<Runnable> answers = new ArrayDeque<>();
    private boolean isCut;

    boolean hasMessage() {
      return !messages.isEmpty();
    }

    boolean hasAnswer() {
      return !answers.isEmpty();
    }

    boolean isCut() {
      return isCut;
    }

    ChannelMessage nextMessage() {
      return messages.remove();
    }

    void answerNext() {
      answers.remove().run();
    }

    /** Everything that is under way is lost. */
    void cut() {
      isCut = true;
      messages.clear();
    }

    void mend() {
      isCut = false;
    }
  }

  /**
   * @param others returns how many messages of other channels come before the next one
   */
  BrokerModel(int size, IntSupplier others) {
    this.size = size;
    this.others = others;
  }

  /** Publishes fail, or no longer do. */
  void refusePublishes(boolean refused) {
    refusesPublishes = refused;
  }

  Line connect() {
    Line line = new Line();
    lines.add(line);
    return line;
  }

  @Override
  public CompletableFuture<Void> publish(
      String channel, @Nullable Payload data, HistoryBounds bounds) {
    if (refusesPublishes) {
      return CompletableFuture.failedFuture(new IllegalStateException("refused"));
    }
    long previous = kept.isEmpty() ? 0 : kept.getLast().offset();
    last += 1 + others.getAsInt();
    kept.add(new KeptMessage(last, data, false));
    if (kept.size() > size) {
      kept.removeFirst();
    }
    HistoryPosition position = new HistoryPosition(epoch, last, previous);
    for (Line each : lines) {
      if (!each.isCut) {
        each.messages.add(new ChannelMessage(channel, data, position));
      }
    }
    return CompletableFuture.completedFuture(null);
  }

  /** Everything is lost, as when a broker without a disk is restarted. */
  void forget(boolean isNewEpoch) {
    epochs += isNewEpoch ? 1 : 0;
    epoch = "e" + epochs;
    last = 0;
    kept.clear();
    places.clear();
  }

  /**
   * The newest message is lost, which was acknowledged and may have been delivered.
   *
   * @param isNoticed whether the broker knows that it may have forgotten something
   */
  void loseTheNewest(boolean isNoticed) {
    if (kept.isEmpty()) {
      return;
    }
    long lost = kept.removeLast().offset();
    if (isNoticed) {
      last += JUMP;
      kept.add(new KeptMessage(last, null, true));
    } else {
      last = lost - 1;
    }
  }

  /** Returns the histories as one server sees them. */
  ChannelHistories on(Line line) {
    return new ChannelHistories() {
      @Override
      public CompletableFuture<Void> publish(
          String channel, @Nullable Payload data, HistoryBounds bounds) {
        throw new UnsupportedOperationException();
      }

      @Override
      public CompletableFuture<HistoryPage> read(HistoryRequest request) {
        if (line.isCut) {
          return CompletableFuture.failedFuture(new IllegalStateException("cut"));
        }
        CompletableFuture<HistoryPage> future = new CompletableFuture<>();
        HistoryPage page = pageFor(request.start());
        line.answers.add(() -> complete(future, line, page));
        return future;
      }
    };
  }

  private static void complete(CompletableFuture<HistoryPage> future, Line line, HistoryPage page) {
    if (line.isCut) {
      future.completeExceptionally(new IllegalStateException("cut"));
    } else {
      future.complete(page);
    }
  }

  @Override
  public CompletableFuture<HistoryPage> read(HistoryRequest request) {
    return CompletableFuture.completedFuture(pageFor(request.start()));
  }

  /** A page has a single message at most. */
  private HistoryPage pageFor(HistoryStart start) {
    boolean isOurs = epoch.equals(start.epoch());
    if (kept.isEmpty()) {
      long end = newPlace();
      long at = isOurs && places.contains(start.offset()) ? start.offset() : end;
      return new HistoryPage(epoch, at, List.of(), end, end);
    }
    long end = kept.getLast().offset();
    long after = kept.getFirst().offset() - 1;
    if (start.epoch() == null) {
      after = start.newest() == 0 ? end : after;
    } else if (isOurs && start.offset() <= end && isComplete(start.offset())) {
      after = start.offset();
    }
    long from = after;
    List<KeptMessage> page = kept.stream().filter(each -> each.offset() > from).limit(1).toList();
    long through = page.isEmpty() ? after : page.getLast().offset();
    return new HistoryPage(epoch, after, page, through, end);
  }

  /** Returns whether nothing behind an offset was dropped. */
  private boolean isComplete(long offset) {
    return offset >= kept.getFirst().offset() - 1
        || (kept.size() < size && places.contains(offset));
  }

  /** The position of a channel without messages. */
  private long newPlace() {
    last += others.getAsInt();
    places.add(last);
    return last;
  }
}
