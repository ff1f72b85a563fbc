// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import static java.util.Objects.requireNonNull;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A broker that keeps one channel in this process. What it sends to its subscribers, and what it
 * answers to readers, waits until a test lets it go on, so that it may be late or be lost.
 */
final class BrokerModel implements ChannelHistories {
  private final List<KeptMessage> kept = new ArrayList<>();
  private final int size;
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

  BrokerModel(int size) {
    this.size = size;
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
    long previous = last;
    last++;
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

  /** The bytes of a page, which has a single message. */
  private HistoryPage pageFor(HistoryStart start) {
    long beforeFirst = kept.isEmpty() ? last : kept.getFirst().offset() - 1;
    long from = beforeFirst;
    if (start.epoch() == null) {
      from = start.newest() == 0 ? last : beforeFirst;
    } else if (requireNonNull(start.epoch()).equals(epoch) && start.offset() <= last) {
      from = Math.max(start.offset(), beforeFirst);
    }
    long after = from;
    List<KeptMessage> page = kept.stream().filter(each -> each.offset() > after).limit(1).toList();
    long through = page.isEmpty() ? after : page.getLast().offset();
    return new HistoryPage(epoch, after, page, through, last);
  }
}
