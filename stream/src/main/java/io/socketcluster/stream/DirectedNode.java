// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import org.jspecify.annotations.Nullable;

/** An item for one consumer, or an end for one or all. */
final class DirectedNode<T> extends Node<T> {
  static final long ALL = 0;

  private final long consumerId;
  private final boolean end;

  DirectedNode(@Nullable T value, long consumerId, boolean end) {
    super(value);
    this.consumerId = consumerId;
    this.end = end;
  }

  @Override
  boolean isFor(long id) {
    return consumerId == ALL || consumerId == id;
  }

  @Override
  boolean isEnd() {
    return end;
  }
}
