// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static java.util.Objects.requireNonNull;

import io.socketcluster.stream.StreamItem.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream: its items, its consumers, and who of them waits.
 *
 * <p>Writing and taking need no lock. The monitor of this object guards the two lists of consumers
 * and the fields below; it is held for a few instructions, never while something parks, is woken,
 * or calls code of the user. A writer takes it only to take out those who wait.
 *
 * <p>No wake-up is lost: a consumer enters the wait list (a volatile write) and looks for a node
 * again (a volatile read) before it parks; a writer links a node, then looks at the wait list.
 */
final class StreamCore<T> {
  final StreamHome<T> home;
  final @Nullable String name;
  private final ItemList<T> items = new ItemList<>();
  private final WaitList waiters = new WaitList();

  // Guarded by this.
  private final CursorList<T> cursors = new CursorList<>();
  // Guarded by this. Set once, when the last consumer has gone: from then on nobody can join.
  private boolean retired;
  // Written under this, read by writers without it: where consumers start, if items are kept.
  private volatile @Nullable Node<T> head;

  StreamCore(StreamHome<T> home, @Nullable String name, boolean kept) {
    this.home = home;
    this.name = name;
    this.head = kept ? items.last() : null;
  }

  void write(T item) {
    append(new Node<>(requireNonNull(item, "item")));
  }

  void writeTo(long consumerId, T item) {
    append(new DirectedNode<>(requireNonNull(item, "item"), consumerId, false));
  }

  void close(@Nullable T value) {
    append(new DirectedNode<>(value, DirectedNode.ALL, true));
  }

  void closeConsumer(long consumerId, @Nullable T value) {
    append(new DirectedNode<>(value, consumerId, true));
  }

  private void append(Node<T> node) {
    items.append(node);
    if (!waiters.isEmpty()) {
      wakeWaiters();
    }
  }

  private void wakeWaiters() {
    Waiter chain;
    synchronized (this) {
      chain = waiters.takeAll();
    }
    Waiter.wakeAll(chain);
  }

  /** Adds a consumer; null if this stream is retired. */
  synchronized @Nullable Cursor<T> join(@Nullable Duration timeout) {
    if (retired) {
      return null;
    }
    Node<T> start = head;
    Cursor<T> cursor =
        new Cursor<>(this, home.nextConsumerId(), timeout, start != null ? start : items.last());
    cursors.add(cursor);
    return cursor;
  }

  /** Ends a consumer at once and wakes it. */
  void leave(Cursor<T> cursor, End<T> end) {
    Waiter waiter;
    boolean retires;
    synchronized (this) {
      cursor.finish(end);
      if (!cursors.remove(cursor)) {
        return;
      }
      waiter = cursor.waiter;
      if (waiter != null) {
        waiters.remove(waiter);
      }
      retires = retireIfUnused();
    }
    afterwards(retires, waiter);
  }

  /** Ends all consumers at once, wakes them and drops what is kept. */
  void kill(@Nullable T value) {
    Waiter chain;
    boolean retires;
    synchronized (this) {
      End<T> end = new End<>(value);
      cursors.forEach(
          cursor -> {
            cursor.finish(end);
            cursors.remove(cursor);
          });
      chain = waiters.takeAll();
      if (head != null) {
        head = items.last();
      }
      retires = retireIfUnused();
    }
    afterwards(retires, chain);
  }

  void killConsumer(long consumerId, @Nullable T value) {
    Cursor<T> cursor;
    synchronized (this) {
      cursor = cursors.find(consumerId);
    }
    if (cursor != null) {
      leave(cursor, new End<>(value));
    }
  }

  private boolean retireIfUnused() {
    if (!retired && cursors.size() == 0 && head == null && home.dropsUnused()) {
      retired = true;
      return true;
    }
    return false;
  }

  private void afterwards(boolean retires, @Nullable Waiter chain) {
    if (retires) {
      home.retired(this);
    }
    Waiter.wakeAll(chain);
  }

  /**
   * Lets a waiter wait; false if it has no reason to, as there is something to take. A consumer
   * that is alone lets go of the value it took last, as others start behind it.
   */
  synchronized boolean enqueue(Waiter waiter) {
    waiters.add(waiter);
    if (waiter.cursor.isReady()) {
      waiters.remove(waiter);
      return false;
    }
    if (cursors.size() == 1 && head == null) {
      waiter.cursor.forgetTaken();
    }
    return true;
  }

  /** Lets a waiter wait for the next write, whatever there is; false if its cursor has ended. */
  synchronized boolean enqueueForNextWrite(Waiter waiter) {
    if (waiter.cursor.isEnded()) {
      return false;
    }
    waiters.add(waiter);
    return true;
  }

  /** Takes back a waiter; false if it was taken out to be woken. */
  synchronized boolean dequeue(Waiter waiter) {
    return waiters.remove(waiter);
  }

  // --- What is kept for later consumers (see NamedStreams) ---

  boolean isKept() {
    return head != null;
  }

  synchronized boolean isRetired() {
    return retired;
  }

  /** From now on, consumers start here. */
  synchronized void keep() {
    if (!retired && head == null) {
      head = items.last();
    }
  }

  /** Stops keeping, if there are consumers and more than the limit is kept. */
  synchronized void trim(int limit) {
    Node<T> start = head;
    if (start != null && cursors.size() > 0 && lastNumber() - start.number > limit) {
      head = null;
    }
  }

  /** Stops keeping; true if the stream is of no use any more and was retired. */
  synchronized boolean release() {
    if (head == null) {
      return false;
    }
    head = null;
    return retireIfUnused();
  }

  /** Ends the stream for good, after the backlog; nobody can join any more. */
  void abandon() {
    synchronized (this) {
      retired = true;
      head = null;
    }
    close(null);
  }

  /** How many items are kept while there is no consumer to take them. */
  synchronized int unclaimed() {
    Node<T> start = head;
    return start == null || cursors.size() > 0 ? 0 : lastNumber() - start.number;
  }

  // --- Numbers ---

  int lastNumber() {
    return items.last().number;
  }

  synchronized int consumerCount() {
    return cursors.size();
  }

  synchronized int backpressure() {
    int[] highest = {0};
    cursors.forEach(cursor -> highest[0] = Math.max(highest[0], cursor.backpressure()));
    return highest[0];
  }

  synchronized @Nullable Cursor<T> find(long consumerId) {
    return cursors.find(consumerId);
  }

  synchronized List<ConsumerStats> stats() {
    List<ConsumerStats> stats = new ArrayList<>(cursors.size());
    cursors.forEach(cursor -> stats.add(cursor.stats()));
    return stats;
  }
}
