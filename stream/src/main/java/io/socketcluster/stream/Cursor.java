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
 * <p>{@code position} is the last node taken, or null after the end. It moves by compare-and-set
 * only, so that taking an item and being ended by another thread exclude each other: after a kill
 * no item is taken, and the backlog is let go at once. {@code end} is set before {@code position}
 * becomes null and read after null was seen. Release/acquire suffices for both: what a reader of
 * {@code position} needs (the end, the number of the node) was written before it, and the race
 * between a waiting consumer and a writer is decided elsewhere, see {@link ItemList}.
 */
final class Cursor<T> {
  /** After how many items one who never waits cuts off what it has passed. */
  private static final int CUT_EVERY = 256;

  private static final VarHandle POSITION;
  private static final VarHandle END;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      POSITION = lookup.findVarHandle(Cursor.class, "position", Node.class);
      END = lookup.findVarHandle(Cursor.class, "end", End.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final StreamCore<T> core;
  final long id;
  final @Nullable Duration timeout;

  @SuppressWarnings("unused")
  private @Nullable Node<T> position;

  @SuppressWarnings("unused")
  private @Nullable End<T> end;

  // The node before the position. Only for the one who takes.
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
    this.position = start;
  }

  /** Takes the next item, or returns null if there is none now. After the end: the end. */
  @Nullable StreamItem<T> poll() {
    while (true) {
      Node<T> at = position();
      if (at == null) {
        return (End<T>) END.getAcquire(this);
      }
      Node<T> node = at.next();
      if (node == null) {
        return null;
      }
      T value = node.value;
      boolean mine = node.isFor(id);
      if (mine && node.isEnd()) {
        core.leave(this, new End<>(value));
      } else if (POSITION.weakCompareAndSetRelease(this, at, node)) {
        passed = at;
        if (node.number % CUT_EVERY == 0) {
          core.cutBehind(this);
        }
        if (mine && value != null) {
          return new Value<>(value);
        }
      }
    }
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

  /** Ends this cursor and returns where it was; the first end counts. */
  @Nullable Node<T> finish(End<T> reason) {
    END.compareAndSet(this, null, reason);
    return (Node<T>) POSITION.getAndSet(this, null);
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
    if (node != null && at != null) {
      core.cut(node, at);
    }
  }

  /** Holds what was passed no longer. Called by who takes. */
  void forgetPassed() {
    passed = null;
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
    return at == null ? 0 : core.lastNumber() - at.number;
  }

  /** Whether the item of this number was taken and more has been asked for. Under the lock. */
  boolean isDoneWith(int number) {
    Node<T> at = position();
    return at == null || at.number - number > 0 || (at.number == number && waiter != null);
  }

  ConsumerStats stats() {
    return new ConsumerStats(id, backpressure(), timeout, core.name);
  }

  private @Nullable Node<T> position() {
    return (Node<T>) POSITION.getAcquire(this);
  }
}
