// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.util.concurrent.CompletionStage;

/**
 * A handler at work on a stream, as started by {@link ConsumableStream#consume(StreamHandler)}. The
 * stream holds it until it ends: nobody has to keep a reference.
 *
 * <p>Thread-safe.
 */
public interface Consumption {

  /**
   * Returns the id of the consumer behind it, for the methods that take one.
   *
   * @return the id, unique within the stream or demux
   */
  long id();

  /**
   * Stops: no further item is handed out, what was written and not yet handed out is dropped. A
   * call of the handler that has begun goes on; this method does not wait for it. May be called by
   * the handler itself, and more than once.
   */
  void close();

  /**
   * Returns a stage that completes normally once the consumption has ended (closed, killed, or the
   * end of the stream reached) and the last call of the handler has returned. It completes on the
   * executor of the consumption where possible. Completing it by hand has no effect on the
   * consumption.
   *
   * @return the stage
   */
  CompletionStage<Void> ended();
}
