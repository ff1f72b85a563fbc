// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

/**
 * Learns what a {@link StreamHandler} threw. The consumption goes on with the next item.
 *
 * <p>Threads: called on the thread that ran the stream handler, by several threads at once when
 * there are several consumptions; implementations must be thread-safe.
 */
@FunctionalInterface
public interface ConsumptionErrorHandler {

  /**
   * Takes note of a failure. What this method throws itself goes to the uncaught exception handler
   * of the thread.
   *
   * @param item the item as it was written to the stream
   * @param error what the handler threw
   */
  void handle(Object item, Throwable error);
}
