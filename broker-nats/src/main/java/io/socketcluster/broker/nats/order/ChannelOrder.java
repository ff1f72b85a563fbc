// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.order;

import io.socketcluster.broker.history.HistoryPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the messages of one channel into the order of their stream. Not thread-safe. */
final class ChannelOrder {
  private final Consumer<Received> receiver;
  private final WaitingRoom room;
  private final PriorityQueue<Received> waiting =
      new PriorityQueue<>(Comparator.comparingLong(each -> each.position().offset()));
  private final List<Runnable> behind = new ArrayList<>();
  private @Nullable HistoryPosition last;

  /**
   * @param receiver accepts the messages; it does not throw
   * @param room counts the waiting messages
   */
  ChannelOrder(Consumer<Received> receiver, WaitingRoom room) {
    this.receiver = receiver;
    this.room = room;
  }

  /** Passes a message on, and those that waited for it; returns false if it has to wait. */
  boolean received(Received received) {
    if (last != null && !isOfEpoch(last, received)) {
      passThrough(Long.MAX_VALUE); // what is missing belongs to the time before
    }
    if (!isNext(received)) {
      waiting.add(received);
      room.enter(received);
      return false;
    }
    pass(received);
    passNext();
    return true;
  }

  /** Passes a message on without those before it, unless they have come. */
  void giveUp(Received late) {
    if (waiting.contains(late)) {
      passThrough(late.position().offset());
      passNext();
    }
  }

  /** Runs a task when no message waits. */
  void whenNoneWaits(Runnable task) {
    if (waiting.isEmpty()) {
      task.run();
    } else {
      behind.add(task);
    }
  }

  /** Drops the waiting messages, and returns the tasks behind them. */
  List<Runnable> clear() {
    waiting.forEach(room::leave);
    waiting.clear();
    List<Runnable> tasks = List.copyOf(behind);
    behind.clear();
    return tasks;
  }

  private boolean isNext(Received received) {
    return last == null
        || !isOfEpoch(last, received)
        || received.position().previous() <= last.offset();
  }

  private static boolean isOfEpoch(HistoryPosition position, Received received) {
    return position.epoch().equals(received.position().epoch());
  }

  private void passThrough(long offset) {
    Received first = waiting.peek();
    while (first != null && first.position().offset() <= offset) {
      takeFirst();
      first = waiting.peek();
    }
  }

  private void passNext() {
    Received first = waiting.peek();
    while (first != null && isNext(first)) {
      takeFirst();
      first = waiting.peek();
    }
    if (first == null && !behind.isEmpty()) {
      clear().forEach(Runnable::run);
    }
  }

  private void takeFirst() {
    Received first = waiting.remove();
    room.leave(first);
    pass(first);
  }

  private void pass(Received received) {
    HistoryPosition before = last;
    if (before == null
        || !isOfEpoch(before, received)
        || before.offset() < received.position().offset()) {
      last = received.position();
    }
    receiver.accept(received);
  }
}
