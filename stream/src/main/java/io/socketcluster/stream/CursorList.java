// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The consumers of a stream, oldest first. Guarded by the lock of its StreamCore. */
final class CursorList<T> {
  private @Nullable Cursor<T> first;
  private @Nullable Cursor<T> last;
  private int size;

  int size() {
    return size;
  }

  void add(Cursor<T> cursor) {
    Cursor<T> before = last;
    cursor.previous = before;
    if (before == null) {
      first = cursor;
    } else {
      before.next = cursor;
    }
    last = cursor;
    size++;
  }

  /** Removes one; false if it is not in the list. */
  boolean remove(Cursor<T> cursor) {
    if (cursor.previous == null && first != cursor) {
      return false;
    }
    Cursor<T> previous = cursor.previous;
    Cursor<T> next = cursor.next;
    if (previous == null) {
      first = next;
    } else {
      previous.next = next;
    }
    if (next == null) {
      last = previous;
    } else {
      next.previous = previous;
    }
    cursor.previous = null;
    cursor.next = null;
    size--;
    return true;
  }

  @Nullable Cursor<T> find(long id) {
    Cursor<T> cursor = first;
    while (cursor != null && cursor.id != id) {
      cursor = cursor.next;
    }
    return cursor;
  }

  /** Whether all but one take from nodes of their own. */
  boolean hasOneAttached() {
    int attached = 0;
    for (Cursor<T> cursor = first; cursor != null && attached < 2; cursor = cursor.next) {
      attached += cursor.isDetached() ? 0 : 1;
    }
    return attached == 1;
  }

  /**
   * Returns the oldest node of the list whose item a consumer is busy with or has not taken, or
   * null.
   */
  @Nullable Node<T> firstNeeded() {
    Node<T> oldest = null;
    for (Cursor<T> cursor = first; cursor != null; cursor = cursor.next) {
      Node<T> needed = cursor.isDetached() ? null : cursor.firstNeeded();
      if (needed != null && (oldest == null || needed.number - oldest.number < 0)) {
        oldest = needed;
      }
    }
    return oldest;
  }

  boolean allMatch(Predicate<Cursor<T>> condition) {
    Cursor<T> cursor = first;
    while (cursor != null && condition.test(cursor)) {
      cursor = cursor.next;
    }
    return cursor == null;
  }

  void forEach(Consumer<Cursor<T>> action) {
    Cursor<T> cursor = first;
    while (cursor != null) {
      Cursor<T> following = cursor.next;
      action.accept(cursor);
      cursor = following;
    }
  }
}
