// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A walk along the items that a stream keeps: its list, and the backlogs of single consumers. */
final class HeldWalk<T> {
  private final List<Node<T>> starts = new ArrayList<>(1);

  void startAt(@Nullable Node<T> node) {
    if (node != null) {
      starts.add(node);
    }
  }

  /** Shows each item once, in however many backlogs it is. */
  void show(Consumer<? super T> visitor) {
    Set<Integer> seen = starts.size() > 1 ? new HashSet<>() : null;
    for (Node<T> start : starts) {
      show(start, seen, visitor);
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private static <T> void show(
      Node<T> start, @Nullable Set<Integer> seen, Consumer<? super T> visitor) {
    Node<T> node = start;
    while (node != null) {
      T value = node.value;
      if (value != null && (seen == null || seen.add(node.number))) {
        visitor.accept(value);
      }
      Node<T> next = node.next();
      node = next == node ? null : next; // a node that was cut off has been passed by all
    }
  }
}
