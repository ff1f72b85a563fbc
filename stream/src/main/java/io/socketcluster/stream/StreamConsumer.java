// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.util.Iterator;

/**
 * One reader of a stream with a place of its own in it. It sees every item written after it was
 * created, until it is closed or an end is written; what it has not taken yet waits for it.
 *
 * <p>A stream does not keep a consumer alive: one that nobody refers to any more leaves the stream
 * after the garbage collector has found it. It is better to {@link #close()} it.
 *
 * <p>Thread-safe, but {@link #next()} is for one thread at a time.
 *
 * @param <T> the type of the items
 */
public interface StreamConsumer<T> extends Iterable<T>, AutoCloseable {

  /**
   * Returns the id of this consumer.
   *
   * @return the id, unique within the stream or demux
   */
  long id();

  /**
   * Takes the next item and waits for it if there is none. After the end it returns the end again.
   * A timeout or an interrupt leaves the consumer where it is: the next call goes on from there.
   *
   * @return a value or the end
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws StreamTimeoutException if the consumer has a timeout and no item came in time
   * @throws IllegalStateException if another thread is in this method
   */
  StreamItem<T> next() throws InterruptedException;

  /**
   * Leaves the stream: what was not taken is dropped. A thread that waits in {@link #next()} gets
   * an end without a value. Has no effect on a consumer that has ended.
   */
  @Override
  void close();

  /**
   * Returns the number of items that were written and not yet taken by this consumer.
   *
   * @return the number, 0 after the end
   */
  int getBackpressure();

  /**
   * Returns the state of this consumer.
   *
   * @return the state at this moment
   */
  ConsumerStats getStats();

  /**
   * Returns an iterator that takes the items of this consumer; its {@code hasNext} waits as {@link
   * #next()} does. At the end, and when the thread is interrupted (the interrupt status stays set),
   * the loop ends and the consumer is closed. All iterators of a consumer share its place in the
   * stream.
   *
   * @return an iterator for one thread
   */
  @Override
  default Iterator<T> iterator() {
    return new ConsumerIterator<>(this);
  }
}
