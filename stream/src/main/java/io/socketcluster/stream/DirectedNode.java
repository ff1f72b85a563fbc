// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import org.jspecify.annotations.Nullable;

/**
 * An item for one consumer, or an end for one or all. In the list of the stream, or in the {@link
 * Backlog} of one consumer.
 */
final class DirectedNode<T> extends Node<T> {
  static final long ALL = 0;

  private final long consumerId;
  private final boolean end;

  // The end of the backlog that this node is in, or null in the list of the stream.
  private final @Nullable DirectedNode<T> backlogEnd;

  DirectedNode(@Nullable T value, long consumerId, boolean end) {
    super(value);
    this.consumerId = consumerId;
    this.end = end;
    this.backlogEnd = null;
  }

  /** Makes a node of a backlog. */
  DirectedNode(@Nullable T value, int number, long consumerId, DirectedNode<T> backlogEnd) {
    super(value);
    this.number = number;
    this.consumerId = consumerId;
    this.end = false;
    this.backlogEnd = backlogEnd;
  }

  @Override
  boolean isFor(long id) {
    return consumerId == ALL || consumerId == id;
  }

  @Override
  boolean isEnd() {
    return end;
  }

  /** Returns the end of the backlog that a node is in, or null if it is in the list of a stream. */
  static <T> @Nullable DirectedNode<T> backlogEnd(@Nullable Node<T> node) {
    return node instanceof DirectedNode<T> directed ? directed.backlogEnd : null;
  }
}
