// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static java.util.Objects.requireNonNull;

import io.socketcluster.stream.StreamItem.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream: its items, its consumers, and who of them waits.
 *
 * <p>Writing and taking need no lock. The lock guards the two lists of consumers and the fields
 * below; it is held for a few instructions, never while something waits for an item, is woken, or
 * calls code of the user. A writer takes it only to take out those who wait. It is no monitor: a
 * virtual thread that has to wait for a monitor gets on late.
 *
 * <p>No wake-up is lost: a consumer enters the wait list (a volatile write) and looks for a node
 * again (a volatile read) before it parks; a writer links a node, then looks at the wait list.
 */
final class StreamCore<T> {
  final StreamHome<T> home;
  final @Nullable String name;
  private final ItemList<T> items = new ItemList<>();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock, except for the question whether it is empty.
  private final WaitList waiters = new WaitList();
  // Guarded by the lock.
  private final CursorList<T> cursors = new CursorList<>();
  // Guarded by the lock. Set once, when the last consumer has gone: from then on nobody can join.
  private boolean retired;
  // Written under the lock, read by writers without it: where consumers start, if items are kept.
  private volatile @Nullable Node<T> head;
  // Guarded by the lock: how much is kept while nobody consumes, if that is limited.
  private int unclaimedLimit = Integer.MAX_VALUE;

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

  /** Ends all consumers: those that have nothing to take now, the others after their backlog. */
  void close(@Nullable T value) {
    if (endAll(new End<>(value))) {
      append(new DirectedNode<>(value, DirectedNode.ALL, true));
    }
  }

  /** Ends all consumers of this moment; true if items are kept for others, who are to end too. */
  private boolean endAll(End<T> end) {
    List<Waiter> woken = new ArrayList<>();
    boolean isKept;
    boolean retires;
    lock.lock();
    try {
      cursors.forEach(cursor -> endAfterBacklog(cursor, end, woken));
      isKept = head != null;
      retires = retireIfUnused();
    } finally {
      lock.unlock();
    }
    afterwards(retires, woken);
    return isKept;
  }

  void closeConsumer(long consumerId, @Nullable T value) {
    List<Waiter> woken = new ArrayList<>();
    boolean retires;
    lock.lock();
    try {
      Cursor<T> cursor = cursors.find(consumerId);
      if (cursor == null) {
        return;
      }
      endAfterBacklog(cursor, new End<>(value), woken);
      retires = retireIfUnused();
    } finally {
      lock.unlock();
    }
    afterwards(retires, woken);
  }

  /** Under the lock. */
  private void endAfterBacklog(Cursor<T> cursor, End<T> end, List<Waiter> woken) {
    Waiter waiter = cursor.waiter;
    if (waiter != null) {
      waiters.remove(waiter);
      woken.add(waiter);
    }
    if (waiter != null && !cursor.isReady()) {
      cursor.finish(end);
      cursors.remove(cursor);
    } else {
      cursor.detach(end, items.last());
    }
  }

  private void append(Node<T> node) {
    items.append(node);
    if (isAwaited()) {
      wakeWaiters();
    }
  }

  /** Whether somebody waits for the next write. */
  boolean isAwaited() {
    return !waiters.isEmpty();
  }

  private void wakeWaiters() {
    Waiter.wakeAll(locked(waiters::takeAll));
  }

  /** Adds a consumer; null if this stream is retired. */
  @Nullable Cursor<T> join(@Nullable Duration timeout) {
    lock.lock();
    try {
      if (retired) {
        return null;
      }
      Node<T> start = head;
      Cursor<T> cursor =
          new Cursor<>(this, home.nextConsumerId(), timeout, start != null ? start : items.last());
      cursors.add(cursor);
      return cursor;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a consumer at once and wakes it; what it has taken is not kept for the next one. */
  void leave(Cursor<T> cursor, End<T> end) {
    leave(cursor, end, true);
  }

  /** Ends a consumer that has come to an end in the stream; later ones may begin where it did. */
  void endReached(Cursor<T> cursor, End<T> end) {
    leave(cursor, end, false);
  }

  private void leave(Cursor<T> cursor, End<T> end, boolean forgets) {
    Waiter waiter;
    boolean retires;
    lock.lock();
    try {
      Node<T> taken = cursor.finish(end);
      if (forgets && !home.replays()) {
        forgetUntil(taken);
      }
      if (!cursors.remove(cursor)) {
        return;
      }
      waiter = cursor.waiter;
      if (waiter != null) {
        waiters.remove(waiter);
      }
      retires = retireIfUnused();
    } finally {
      lock.unlock();
    }
    afterwards(retires, waiter);
  }

  private void forgetUntil(@Nullable Node<T> taken) {
    Node<T> start = head;
    if (taken == null || DirectedNode.backlogEnd(taken) == null) {
      head = start != null && taken != null && taken.number - start.number > 0 ? taken : start;
      return;
    }
    while (start != null && taken.number - start.number > 0) { // it is not in the list itself
      start = start.next();
    }
    head = start;
  }

  /** Ends all consumers at once, wakes them and drops what is kept. */
  void kill(@Nullable T value) {
    Waiter chain;
    boolean retires;
    lock.lock();
    try {
      End<T> end = new End<>(value);
      cursors.forEach(
          cursor -> {
            cursor.finish(end);
            cursors.remove(cursor);
          });
      chain = waiters.takeAll();
      if (head != null) {
        Node<T> last = items.last();
        last.value = null; // consumers to come start behind it
        head = last;
      }
      retires = retireIfUnused();
    } finally {
      lock.unlock();
    }
    afterwards(retires, chain);
  }

  void killConsumer(long consumerId, @Nullable T value) {
    Cursor<T> cursor = find(consumerId);
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

  private void afterwards(boolean retires, List<Waiter> woken) {
    if (retires) {
      home.retired(this);
    }
    woken.forEach(Waiter::wake);
  }

  /**
   * Lets a waiter wait; false if it has no reason to, as there is something to take. A consumer
   * that is alone lets go of the value it took last, as others start behind it.
   */
  boolean enqueue(Waiter waiter) {
    lock.lock();
    try {
      waiters.add(waiter);
      if (waiter.cursor.isReady()) {
        waiters.remove(waiter);
        return false;
      }
      if (isAlone()) {
        waiter.cursor.forgetTaken();
        waiter.cursor.cutPassed();
      }
      waiter.cursor.becomeIdle();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Cuts off what this consumer has passed, if it is alone. Called by the one who takes. */
  void cutBehind(Cursor<T> cursor) {
    lock.lock();
    try {
      if (isAlone()) {
        cursor.cutPassed();
      }
    } finally {
      lock.unlock();
    }
  }

  /** See {@link ItemList#cut}. Under the lock. */
  void cut(Node<T> node, Node<T> passed) {
    items.cut(node, passed);
  }

  private boolean isAlone() {
    return head == null && (cursors.size() == 1 || cursors.hasOneAttached());
  }

  /** Lets a waiter wait for the next write, whatever there is; false if its cursor has ended. */
  boolean enqueueForNextWrite(Waiter waiter) {
    lock.lock();
    try {
      if (waiter.cursor.isEnded()) {
        return false;
      }
      waiter.cursor.becomeIdle();
      waiters.add(waiter);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes back a waiter; false if it was taken out to be woken. */
  boolean dequeue(Waiter waiter) {
    return locked(() -> waiters.remove(waiter));
  }

  // --- What is kept for later consumers (see NamedStreams) ---

  boolean isKept() {
    return head != null;
  }

  boolean isRetired() {
    return locked(() -> retired);
  }

  /** From now on, consumers start here. */
  void keep() {
    startAt(() -> retired || head != null ? head : items.last());
  }

  /** Keeps up to a limit; what is older is dropped while nobody consumes. */
  void keep(int limit) {
    locked(() -> unclaimedLimit = limit);
    keep();
  }

  /** Holds to the limit of {@link #keep(int)}, if there is one. */
  void trim() {
    startAt(
        () -> {
          Node<T> start = head;
          if (start == null || kept() <= unclaimedLimit) {
            return start;
          }
          return cursors.size() > 0 ? null : start.next();
        });
  }

  /** Stops keeping, if there are consumers and more than the limit is kept. */
  void trim(int limit) {
    startAt(() -> cursors.size() > 0 && kept() > limit ? null : head);
  }

  private void startAt(Supplier<@Nullable Node<T>> start) {
    lock.lock();
    try {
      head = start.get();
    } finally {
      lock.unlock();
    }
  }

  /** Stops keeping, if there are consumers. */
  void releaseIfClaimed() {
    startAt(() -> cursors.size() > 0 ? null : head);
  }

  /** Stops keeping; true if the stream is of no use any more and was retired. */
  boolean release() {
    return locked(
        () -> {
          boolean kept = head != null;
          head = null;
          unclaimedLimit = Integer.MAX_VALUE;
          return kept && retireIfUnused();
        });
  }

  /** Ends the stream for good, after the backlog; nobody can join any more. */
  void abandon() {
    startAt(
        () -> {
          retired = true;
          return null;
        });
    close(null);
  }

  /** How many items are kept while there is no consumer to take them. */
  int unclaimed() {
    return locked(() -> cursors.size() > 0 ? 0 : kept());
  }

  private int kept() {
    Node<T> start = head;
    return start == null ? 0 : lastNumber() - start.number;
  }

  /**
   * Shows every item that this stream keeps in memory: what its slowest consumer has not asked to
   * get past, what consumers that were closed still have to take, and what is retained for
   * consumers to come.
   */
  void forEachHeld(Consumer<? super T> visitor) {
    HeldWalk<T> walk = new HeldWalk<>();
    lock.lock();
    try {
      cursors.forEach(cursor -> walk.startAt(cursor.isDetached() ? cursor.firstNeeded() : null));
      walk.startAt(firstHeld());
    } finally {
      lock.unlock();
    }
    walk.show(visitor);
  }

  /** Returns the node of the oldest item that somebody needs. Under the lock. */
  private @Nullable Node<T> firstHeld() {
    Node<T> first = cursors.firstNeeded();
    Node<T> kept = head == null ? null : head.next();
    boolean keptIsOlder = first == null || (kept != null && kept.number - first.number < 0);
    return keptIsOlder ? kept : first;
  }

  // --- Numbers ---

  int lastNumber() {
    return items.last().number;
  }

  /** Whether all consumers have taken the item of this number and asked for more. */
  boolean isHandled(int number) {
    return locked(() -> cursors.allMatch(cursor -> cursor.isDoneWith(number)));
  }

  /** Whether each consumer has handled what it took and waits for the next item. */
  boolean isIdle() {
    return locked(() -> cursors.allMatch(cursor -> cursor.waiter != null));
  }

  /** Adds the consumers that have an item in hand and more to take, with the threads at work. */
  void addBusy(Map<Long, Thread> busy) {
    lock.lock();
    try {
      cursors.forEach(
          cursor -> {
            Thread taker = cursor.taker();
            if (taker != null && cursor.isReady()) {
              busy.put(cursor.id, taker);
            }
          });
    } finally {
      lock.unlock();
    }
  }

  int consumerCount() {
    return locked(cursors::size);
  }

  int backpressure() {
    return stats().stream().mapToInt(ConsumerStats::backpressure).max().orElse(0);
  }

  @Nullable Cursor<T> find(long consumerId) {
    return locked(() -> cursors.find(consumerId));
  }

  List<ConsumerStats> stats() {
    List<Cursor<T>> present = new ArrayList<>();
    locked(
        () -> {
          cursors.forEach(present::add);
          return present;
        });
    List<ConsumerStats> stats = new ArrayList<>(present.size());
    present.forEach(cursor -> stats.add(cursor.stats()));
    return stats;
  }

  private <R extends @Nullable Object> R locked(Supplier<R> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
