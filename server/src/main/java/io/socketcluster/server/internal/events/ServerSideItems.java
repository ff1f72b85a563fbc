// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.events;

import io.socketcluster.stream.StreamDemux;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * What one socket has caused that consumers of the server still have to handle: events of the
 * server, and publishes to channels of its exchange. Those streams belong to no socket, so each
 * item is charged to the socket that it came from. Thread-safe.
 */
final class ServerSideItems {
  private final Queue<Item> items = new ConcurrentLinkedQueue<>();

  private record Item(BooleanSupplier handled, long bytes) {
    boolean isHandled() {
      return handled.getAsBoolean();
    }
  }

  /** An item was written to a stream that has consumers. */
  void written(StreamDemux<?> streams, String name, long bytes) {
    Item first = items.peek();
    if (first != null && first.isHandled()) {
      items.removeIf(Item::isHandled);
    }
    items.add(new Item(streams.handled(name), bytes));
  }

  /** Returns about how many bytes are kept. */
  long heldBytes() {
    items.removeIf(Item::isHandled);
    return items.stream().mapToLong(Item::bytes).sum();
  }
}
