// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The singly linked list of items. It holds its last node only; what a consumer has not taken is
 * held by the consumer's cursor.
 *
 * <p>Lock-free. The order of items is the order in which nodes are linked: compare-and-set of the
 * last node's {@code next} from null. {@code tail} is a shortcut to the end that may lag behind but
 * never moves backwards: it is only set from a node to a later one. So it needs no more than
 * release/acquire, to pass on the nodes it leads to; and a compare-and-set that fails means that
 * another writer has moved it, which is as good.
 *
 * <p>The link is set with volatile strength, for two reasons. It publishes the node. And a writer
 * that has linked a node looks for waiting consumers, while a consumer that has announced itself as
 * waiting looks for a node: in the one order of volatile accesses, at least one finds the other.
 *
 * <p>Nodes that everybody has passed are cut off: their next is themselves. Or else a node that has
 * grown old would keep all that come after it alive until the collector looks at old objects again:
 * each young collection would copy everything that was written since. Who comes upon such a node, a
 * writer that was held up, starts again from the tail, which was set behind it before.
 */
final class ItemList<T> {
  private static final VarHandle TAIL;

  static {
    try {
      TAIL = MethodHandles.lookup().findVarHandle(ItemList.class, "tail", Node.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused")
  private Node<T> tail = new Node<>(null);

  void append(Node<T> node) {
    Node<T> start = tail();
    Node<T> last = start;
    do {
      last = lastFrom(last);
      node.number = last.number + 1;
    } while (!last.link(node));
    TAIL.weakCompareAndSetRelease(this, start, node);
  }

  /** The last node at the moment of the call. */
  Node<T> last() {
    return lastFrom(tail());
  }

  /** Cuts a node off; no consumer may be before {@code passed}, a node behind it. */
  void cut(Node<T> node, Node<T> passed) {
    Node<T> tail = tail();
    while (passed.number - tail.number > 0 && !TAIL.compareAndSet(this, tail, passed)) {
      tail = tail();
    }
    node.cut();
  }

  @SuppressWarnings("ReferenceEquality")
  private Node<T> lastFrom(Node<T> node) {
    Node<T> last = node;
    for (Node<T> next = last.next(); next != null; next = last.next()) {
      last = next == last ? tail() : next;
    }
    return last;
  }

  private Node<T> tail() {
    return (Node<T>) TAIL.getAcquire(this);
  }
}
