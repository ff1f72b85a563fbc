// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import io.socketcluster.stream.StreamItem.End;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer that its stream has closed still has to take, in nodes of its own that lead to
 * its end and not to what is written later: it may never take them. The numbers are those of the
 * list.
 */
final class Backlog<T> {
  private Node<T> place;

  /**
   * Copies what follows a node, up to the last one or to the first end of the consumer. Under the
   * lock of the stream, so that none of the nodes is cut off meanwhile.
   */
  Backlog(long consumerId, Node<T> at, Node<T> last, End<T> reason) {
    Node<T> stop = firstEnd(consumerId, at, last);
    DirectedNode<T> end =
        new DirectedNode<>(stop == null ? reason.value() : stop.value, consumerId, true);
    end.number = stop == null ? last.number + 1 : stop.number;
    place = new DirectedNode<>(at.value, at.number, consumerId, end);
    Node<T> copied = place;
    Node<T> node = at.next();
    while (node != null && end.number - node.number > 0) {
      Node<T> copy = copy(node, consumerId, end);
      copied.link(copy);
      copied = copy;
      node = node.next();
    }
    copied.link(end);
  }

  private static <T> @Nullable Node<T> firstEnd(long consumerId, Node<T> at, Node<T> last) {
    Node<T> node = at.next();
    while (node != null && last.number - node.number >= 0) {
      if (node.isEnd() && node.isFor(consumerId)) {
        return node;
      }
      node = node.next();
    }
    return null;
  }

  private static <T> Node<T> copy(Node<T> node, long consumerId, DirectedNode<T> end) {
    T value = node.isFor(consumerId) ? node.value : null;
    return new DirectedNode<>(value, node.number, consumerId, end);
  }

  /** Returns the node that stands for one of the list, or the last one before the end. */
  Node<T> placeOf(Node<T> at) {
    Node<T> next = place.next();
    while (next != null && !next.isEnd() && at.number - place.number > 0) {
      place = next;
      next = place.next();
    }
    return place;
  }
}
