// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import io.socketcluster.stream.StreamItem.End;
import io.socketcluster.stream.StreamItem.Value;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The place of one consumer in a stream.
 *
 * <p>{@code place} is the last node taken, or the end. It changes by compare-and-set only, so that
 * taking an item and being ended by another thread exclude each other: after a kill no item is
 * taken, and the backlog is let go at once. Release/acquire suffices: what a reader of {@code
 * place} needs (the value of the end, the number of the node) was written before it, and the race
 * between a waiting consumer and a writer is decided elsewhere, see {@link ItemList}.
 *
 * <p>A cursor that has ended refers to no node, however long somebody holds it: a node leads to all
 * that were written after it. For the same reason a cursor that is to end after its backlog gets
 * nodes of its own.
 */
final class Cursor<T> {
  /** After how many items one who never waits cuts off what it has passed. */
  private static final int CUT_EVERY = 256;

  private static final VarHandle PLACE;
  private static final VarHandle TAKER;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      PLACE = lookup.findVarHandle(Cursor.class, "place", Object.class);
      TAKER = lookup.findVarHandle(Cursor.class, "taker", Thread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final StreamCore<T> core;
  final long id;
  final @Nullable Duration timeout;

  @SuppressWarnings("unused")
  private Object place; // a Node<T> or an End<T>

  // The thread that has an item in hand: it took the last one and has not asked for more. Opaque:
  // others look at it only to learn what the consumer is doing.
  @SuppressWarnings("unused")
  private @Nullable Thread taker;

  // The node before the last one taken. For the thread that takes, until the cursor ends.
  private @Nullable Node<T> passed;

  // Guarded by the lock of the StreamCore.
  @Nullable Cursor<T> previous;
  @Nullable Cursor<T> next;
  @Nullable Waiter waiter;

  // Held for the garbage collector; written once, before the consumer is known to anybody.
  @Nullable Abandonment abandonment;

  Cursor(StreamCore<T> core, long id, @Nullable Duration timeout, Node<T> start) {
    this.core = core;
    this.id = id;
    this.timeout = timeout;
    this.place = start;
  }

  /** Takes the next item, or returns null if there is none now. After the end: the end. */
  @Nullable StreamItem<T> poll() {
    while (true) {
      Node<T> at = position();
      if (at == null) {
        forgetItem(); // finish() may have come before what was noted below
        return end();
      }
      Node<T> node = at.next();
      if (node == null) {
        return null;
      }
      boolean mine = node.isFor(id);
      if (mine && node.isEnd()) {
        core.endReached(this, new End<>(node.value));
        continue;
      }
      T value = node.value;
      // Made before the item is taken: it would be lost if there were no memory.
      Value<T> item = mine && value != null ? new Value<>(value) : null;
      if (advance(at, node) && item != null) {
        return item;
      }
    }
  }

  /** Moves to the next node, unless the cursor has ended. */
  private boolean advance(Node<T> at, Node<T> node) {
    passed = at;
    TAKER.setOpaque(this, Thread.currentThread());
    boolean moved = PLACE.weakCompareAndSetRelease(this, at, node);
    if (moved && node.number % CUT_EVERY == 0) {
      core.cutBehind(this);
    }
    return moved;
  }

  /** Takes the next item and waits for it, at most until the deadline. */
  StreamItem<T> take(@Nullable Deadline deadline) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    StreamItem<T> item = poll();
    while (item == null) {
      await(deadline);
      item = poll();
    }
    return item;
  }

  private void await(@Nullable Deadline deadline) throws InterruptedException {
    ThreadWaiter waiting = new ThreadWaiter(this);
    if (!core.enqueue(waiting)) {
      return;
    }
    boolean woken = false;
    boolean inTime = true;
    try {
      woken = waiting.park(deadline);
    } finally {
      // Whoever is no longer in the list has an item or an end, even if the time is over.
      inTime = woken || !core.dequeue(waiting);
    }
    if (!inTime && deadline != null) {
      throw new StreamTimeoutException(deadline.timeout());
    }
  }

  /**
   * Takes one item, waits for it as long as the timeout says, and leaves the stream, whatever
   * happens.
   */
  StreamItem<T> takeOnly() throws InterruptedException {
    try {
      return take(Deadline.after(timeout));
    } finally {
      leave();
    }
  }

  void leave() {
    core.leave(this, new End<>(null));
  }

  /** Ends this cursor and returns where it was, or null if it had ended; the first end counts. */
  @SuppressWarnings("unchecked")
  @Nullable Node<T> finish(End<T> reason) {
    Object at = PLACE.getAcquire(this);
    while (at instanceof Node && !PLACE.compareAndSet(this, at, reason)) {
      at = PLACE.getAcquire(this);
    }
    forgetItem();
    return at instanceof Node ? (Node<T>) at : null;
  }

  /**
   * Lets this cursor take what there is until the last node and then its end, from nodes of its
   * own. Under the lock.
   */
  void detach(End<T> reason, Node<T> last) {
    Node<T> at = position();
    if (at == null || isDetached()) {
      return;
    }
    Backlog<T> backlog = new Backlog<>(id, at, last, reason);
    while (at != null && !PLACE.compareAndSet(this, at, backlog.placeOf(at))) {
      at = position();
    }
    passed = null;
  }

  /** Whether what is still to be taken is in nodes of this cursor's own. */
  boolean isDetached() {
    return DirectedNode.backlogEnd(position()) != null;
  }

  private void forgetItem() {
    passed = null;
    TAKER.setOpaque(this, null);
  }

  boolean isEnded() {
    return position() == null;
  }

  /** Whether there is something to take: an item (perhaps not for this one), or the end. */
  boolean isReady() {
    Node<T> at = position();
    return at == null || !at.isLast();
  }

  /** Cuts off what was passed: the caller knows that nobody else needs it, and is who takes. */
  void cutPassed() {
    Node<T> node = passed;
    Node<T> at = position();
    if (node != null && at != null && !isDetached()) {
      core.cut(node, at);
    }
  }

  /** The consumer has nothing in hand and waits for the next item. Called by who takes. */
  void becomeIdle() {
    forgetItem();
  }

  /** Returns the thread that took an item and has not asked for the next one, or null. */
  @Nullable Thread taker() {
    return (Thread) TAKER.getOpaque(this);
  }

  /** Drops the last taken value: the caller knows that nobody will read it. */
  void forgetTaken() {
    Node<T> at = position();
    if (at != null) {
      at.value = null;
    }
  }

  int backpressure() {
    // The position first: the list can only get longer until its end is looked for.
    Node<T> at = position();
    if (at == null) {
      return 0;
    }
    DirectedNode<T> end = DirectedNode.backlogEnd(at);
    return (end == null ? core.lastNumber() : end.number) - at.number;
  }

  /** Whether the item of this number was taken and more has been asked for. Under the lock. */
  boolean isDoneWith(int number) {
    Node<T> at = position();
    return at == null || at.number - number > 0 || (at.number == number && waiter != null);
  }

  ConsumerStats stats() {
    return new ConsumerStats(id, backpressure(), timeout, core.name);
  }

  /** The node that was taken last, unless more has been asked for since. Under the lock. */
  @Nullable Node<T> firstNeeded() {
    Node<T> at = position();
    return at == null || waiter == null ? at : at.next();
  }

  @SuppressWarnings("unchecked")
  private @Nullable Node<T> position() {
    return PLACE.getAcquire(this) instanceof Node<?> node ? (Node<T>) node : null;
  }

  @SuppressWarnings("unchecked")
  private End<T> end() {
    return (End<T>) PLACE.getAcquire(this);
  }
}
