// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import org.jspecify.annotations.Nullable;

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

  /**
   * Takes note of a failure on a stream that may have a name.
   *
   * @param stream the name of the stream in its demux, or null for a stream without a name
   * @param item the item as it was written to the stream
   * @param error what the handler threw
   */
  default void handle(@Nullable String stream, Object item, Throwable error) {
    handle(item, error);
  }

  /**
   * Learns that the executor of a consumption threw instead of taking a task, because it is full or
   * closed for example. The consumption tries again with the next item. By default a {@link
   * java.util.concurrent.RejectedExecutionException} is ignored, and anything else goes to the
   * uncaught exception handler of the thread.
   *
   * <p>Called on the thread that wrote the item.
   *
   * @param stream the name of the stream in its demux, or null for a stream without a name
   * @param error what the executor threw
   */
  default void executorFailed(@Nullable String stream, Throwable error) {
    StreamHome.uncaughtUnlessRejected(error);
  }
}
