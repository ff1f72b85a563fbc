// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import org.jspecify.annotations.Nullable;

/**
 * Who waits for the next item of a stream. Guarded by the lock of its StreamCore, except {@link
 * #isEmpty()}.
 */
final class WaitList {
  // Volatile: a writer looks at it without the lock, after it has linked a node; see ItemList.
  private volatile @Nullable Waiter first;

  boolean isEmpty() {
    return first == null;
  }

  void add(Waiter waiter) {
    Waiter next = first;
    waiter.next = next;
    if (next != null) {
      next.previous = waiter;
    }
    waiter.cursor.waiter = waiter;
    first = waiter;
  }

  /** Takes one out; false if it is not in the list. */
  @SuppressWarnings("ReferenceEquality")
  boolean remove(Waiter waiter) {
    if (waiter.cursor.waiter != waiter) {
      return false;
    }
    Waiter previous = waiter.previous;
    Waiter next = waiter.next;
    if (previous == null) {
      first = next;
    } else {
      previous.next = next;
    }
    if (next != null) {
      next.previous = previous;
    }
    waiter.previous = null;
    waiter.next = null;
    waiter.cursor.waiter = null;
    return true;
  }

  /** Takes all out, chained by {@code next}. */
  @Nullable Waiter takeAll() {
    Waiter chain = first;
    for (Waiter waiter = chain; waiter != null; waiter = waiter.next) {
      waiter.cursor.waiter = null;
    }
    first = null;
    return chain;
  }
}
