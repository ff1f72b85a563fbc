// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.order;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.cluster.ConnectionEvents;
import io.socketcluster.broker.history.HistoryPosition;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Puts republished messages into the order of their stream. JetStream stores messages of two
 * connections one after the other, and republishes them without a lock: the later one may come
 * first. It waits for the one before, for a second at most. Thread-safe; the monitor is held while
 * a message is accepted.
 */
public final class StreamOrder {
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, StreamOrder::onThreadOfItsOwn);

  private final ConnectionEvents events;

  @GuardedBy("this")
  private final Map<String, ChannelOrder> channels = new HashMap<>();

  @GuardedBy("this")
  private final WaitingRoom room = new WaitingRoom();

  @GuardedBy("this")
  private boolean isClosed;

  /**
   * @param events accepts the messages; an exception of it is a loss of the connection
   */
  public StreamOrder(ConnectionEvents events) {
    this.events = events;
  }

  /** The timer's own thread serves all timeouts of the process. */
  private static void onThreadOfItsOwn(Runnable task) {
    Thread.ofVirtual().name("socketcluster-nats-order").start(task);
  }

  /** Passes a message on, perhaps after one that is still to come. */
  public synchronized void received(ClusterMessage message, HistoryPosition position) {
    if (isClosed) {
      return;
    }
    Received received = new Received(message, position);
    ChannelOrder channel =
        channels.computeIfAbsent(message.channel(), key -> new ChannelOrder(this::accept, room));
    boolean isFull = room.isFull();
    if (channel.received(received)) {
      return;
    }
    if (isFull) {
      channel.giveUp(received);
    } else {
      LATER.execute(() -> giveUp(received));
    }
  }

  /** The messages before this one will not come any more. */
  private synchronized void giveUp(Received received) {
    ChannelOrder channel = channels.get(received.message().channel());
    if (channel != null) {
      channel.giveUp(received);
    }
  }

  private void accept(Received received) {
    try {
      events.received(received.message(), received.position());
    } catch (RuntimeException e) {
      events.lost(e);
    }
  }

  /** Runs a task when no message of a channel waits. */
  public synchronized void whenNoneWaits(String channel, Runnable task) {
    ChannelOrder order = channels.get(channel);
    if (order == null) {
      task.run();
    } else {
      order.whenNoneWaits(task);
    }
  }

  /** Drops what waits of channels without a subscription. */
  public synchronized void forget(Collection<String> forgotten) {
    for (String each : forgotten) {
      ChannelOrder order = channels.remove(each);
      if (order != null) {
        order.clear().forEach(Runnable::run);
      }
    }
  }

  /** Ends the order of a connection that is closed: no message is passed on any more. */
  public synchronized void close() {
    isClosed = true;
    forget(List.copyOf(channels.keySet()));
  }
}
