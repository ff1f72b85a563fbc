// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.history.HistoryPosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Puts republished messages into the order of their stream. JetStream stores messages of two
 * connections one after the other, and republishes them without a lock: the later one may come
 * first. It waits for the one before, for a second at most. Thread-safe; the monitor is held while
 * a message is accepted.
 */
public final class StreamOrder {
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, Runnable::run);
  private static final int MOST_WAITING = 10_000;

  private final BiConsumer<ClusterMessage, HistoryPosition> receiver;

  @GuardedBy("this")
  private final Map<String, HistoryPosition> last = new HashMap<>(); // by channel

  @GuardedBy("this")
  private final List<Received> waiting = new ArrayList<>();

  @GuardedBy("this")
  private final List<Runnable> behind = new ArrayList<>();

  @GuardedBy("this")
  private long episode; // how often messages have begun to wait

  private record Received(ClusterMessage message, HistoryPosition position) {}

  /**
   * @param receiver accepts the messages
   */
  public StreamOrder(BiConsumer<ClusterMessage, HistoryPosition> receiver) {
    this.receiver = receiver;
  }

  /** Passes a message on, perhaps after one that is still to come. */
  public synchronized void received(ClusterMessage message, HistoryPosition position) {
    if (isNext(message.channel(), position) || waiting.size() >= MOST_WAITING) {
      pass(message, position);
      passWaiting();
      return;
    }
    waiting.add(new Received(message, position));
    if (waiting.size() == 1) {
      long begun = ++episode;
      LATER.execute(() -> passAll(begun));
    }
  }

  /** Runs something when no message waits. */
  synchronized void whenNoneWaits(Runnable task) {
    if (waiting.isEmpty()) {
      task.run();
    } else {
      behind.add(task);
    }
  }

  /** Nobody receives these channels any more. */
  public synchronized void forget(Collection<String> channels) {
    Set<String> left = Set.copyOf(channels);
    last.keySet().removeAll(left);
    if (waiting.removeIf(each -> left.contains(each.message().channel()))) {
      runBehind();
    }
  }

  @GuardedBy("this")
  private boolean isNext(String channel, HistoryPosition position) {
    HistoryPosition before = last.get(channel);
    return before == null
        || !before.epoch().equals(position.epoch())
        || position.previous() <= before.offset();
  }

  @GuardedBy("this")
  private void pass(ClusterMessage message, HistoryPosition position) {
    last.merge(
        message.channel(),
        position,
        (before, now) ->
            before.epoch().equals(now.epoch()) && before.offset() > now.offset() ? before : now);
    receiver.accept(message, position);
  }

  @GuardedBy("this")
  private void passWaiting() {
    if (waiting.isEmpty()) {
      return;
    }
    waiting.sort(Comparator.comparingLong(each -> each.position().offset()));
    List<Received> all = List.copyOf(waiting);
    waiting.clear();
    for (Received each : all) {
      if (isNext(each.message().channel(), each.position())) {
        pass(each.message(), each.position());
      } else {
        waiting.add(each);
      }
    }
    runBehind();
  }

  /** What is missing will not come. */
  private synchronized void passAll(long begun) {
    if (begun != episode) {
      return; // what waits now has a timer of its own
    }
    waiting.sort(Comparator.comparingLong(each -> each.position().offset()));
    List<Received> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(each -> pass(each.message(), each.position()));
    runBehind();
  }

  @GuardedBy("this")
  private void runBehind() {
    if (waiting.isEmpty()) {
      List<Runnable> tasks = List.copyOf(behind);
      behind.clear();
      tasks.forEach(Runnable::run);
    }
  }
}
