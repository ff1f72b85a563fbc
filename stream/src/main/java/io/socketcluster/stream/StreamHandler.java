// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

/**
 * Handles the items of a stream; see {@link ConsumableStream#consume(StreamHandler)}.
 *
 * <p>Threads: one consumption calls its handler for one item at a time, in order, and what the
 * handler did for an item happens-before its next call. A handler that is given to several
 * consumptions may be called by several threads at once.
 *
 * @param <T> the type of the items
 */
@FunctionalInterface
public interface StreamHandler<T> {

  /**
   * Handles one item. It may block; later items wait meanwhile, and count as backpressure.
   *
   * @param item the item
   * @throws Exception if the item cannot be handled; it goes to the {@link ConsumptionErrorHandler}
   *     and the next item follows
   */
  void handle(T item) throws Exception;
}
