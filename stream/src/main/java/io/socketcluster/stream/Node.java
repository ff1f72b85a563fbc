// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A link of the list: an item for all consumers.
 *
 * <p>Value and number are written before the node is linked and read after it was found through the
 * link. The value is dropped early when nobody can read it any more, see {@link
 * StreamCore#enqueue}.
 */
class Node<T> {
  private static final VarHandle NEXT;

  static {
    try {
      NEXT = MethodHandles.lookup().findVarHandle(Node.class, "next", Node.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  // Set by the writer that appends the next node, and once more, to the node itself, by cut().
  @SuppressWarnings("unused")
  private @Nullable Node<T> next;

  // Position in the list; wraps around, so only differences mean something.
  int number;
  @Nullable T value;

  Node(@Nullable T value) {
    this.value = value;
  }

  /** The node after this one, to be read: acquire, the other half of {@link #link}. */
  final @Nullable Node<T> next() {
    return (Node<T>) NEXT.getAcquire(this);
  }

  /** Whether this is the last node, for one who would wait then: volatile, see ItemList. */
  final boolean isLast() {
    return NEXT.getVolatile(this) == null;
  }

  /** Leads nowhere from now on: {@link #next} is the node itself. For nodes that have a next. */
  final void cut() {
    NEXT.setRelease(this, this);
  }

  /** Makes a node the one after this; false if there is one. Volatile, see ItemList. */
  final boolean link(Node<T> node) {
    return NEXT.compareAndSet(this, null, node);
  }

  boolean isFor(long consumerId) {
    return true;
  }

  boolean isEnd() {
    return false;
  }
}
