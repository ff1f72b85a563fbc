// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.cluster.ClusterOptions;
import io.socketcluster.protocol.Footprint;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Channels on their way to other brokers, and the publishes to them, which wait until the other
 * workers have subscribed there. Guarded by the lock of its owner.
 */
final class Move {
  private final Layout from;
  private final Instant since;
  private final ClusterOptions limits;
  private final List<Held> held = new ArrayList<>();
  private final Set<String> channels = new HashSet<>();
  private long bytes;
  private boolean isFelt;
  private int round;

  private record Held(ClusterMessage message, CompletableFuture<Void> published) {
    void complete(@Nullable Throwable failure) {
      if (failure == null) {
        published.complete(null);
      } else {
        published.completeExceptionally(failure);
      }
    }
  }

  /**
   * @param from the layout before
   */
  Move(Layout from, Instant since, ClusterOptions limits) {
    this.from = from;
    this.since = since;
    this.limits = limits;
  }

  Instant since() {
    return since;
  }

  /** The brokers have changed once more. Returns the number of the change. */
  int nextRound() {
    return ++round;
  }

  boolean isIn(int number) {
    return round == number;
  }

  /** A channel that is subscribed here has moved. */
  void felt() {
    isFelt = true;
  }

  boolean isFelt() {
    return isFelt;
  }

  /** Whether a channel has another broker than before, or has messages that wait. */
  boolean has(String channel, Layout to) {
    if (channels.contains(channel)) {
      return true;
    }
    BrokerSeat before = from.seatOf(channel);
    return before != null && !Objects.equals(before, to.seatOf(channel));
  }

  /** Takes a message until the {@link #end}. */
  CompletableFuture<Void> hold(ClusterMessage message) {
    Footprint footprint = new Footprint();
    footprint.add(message.channel());
    footprint.add(message.data());
    if (held.size() >= limits.outboxLimit()
        || (bytes > 0 && bytes + footprint.bytes() > limits.outboxByteLimit())) {
      return CompletableFuture.failedFuture(
          new BrokerError("Too many publishes wait for channels that move to other brokers"));
    }
    bytes += footprint.bytes();
    channels.add(message.channel());
    Held waiting = new Held(message, new CompletableFuture<>());
    held.add(waiting);
    return waiting.published();
  }

  /**
   * Publishes what was held, in its order.
   *
   * @return what passes the answers on, to be run without the lock
   */
  List<Runnable> end(Function<ClusterMessage, CompletableFuture<Void>> publish) {
    List<Runnable> answers = new ArrayList<>(held.size());
    for (Held each : held) {
      CompletableFuture<Void> answer = publish.apply(each.message());
      answers.add(() -> answer.whenComplete((done, failure) -> each.complete(failure)));
    }
    return answers;
  }
}
