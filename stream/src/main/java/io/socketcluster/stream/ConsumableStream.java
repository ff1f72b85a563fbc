// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import io.socketcluster.stream.StreamItem.End;
import io.socketcluster.stream.StreamItem.Value;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stream that any number of consumers read, each at its own pace. A consumer sees what is written
 * after it was created (under {@link StreamDemux#retain retention}: from the beginning), and all
 * consumers see the same order.
 *
 * <p>Thread-safe: all methods may be called by any thread, platform or virtual.
 *
 * @param <T> the type of the items; items are never null
 */
public interface ConsumableStream<T> extends Iterable<T> {

  /**
   * Creates a consumer that waits for items without limit. It buffers from now on.
   *
   * @return a new consumer; close it to leave the stream
   */
  StreamConsumer<T> createConsumer();

  /**
   * Creates a consumer whose {@link StreamConsumer#next()} waits for a limited time. It buffers
   * from now on.
   *
   * @param timeout how long each call waits at most; zero: not at all
   * @return a new consumer; close it to leave the stream
   * @throws IllegalArgumentException if the timeout is negative
   */
  StreamConsumer<T> createConsumer(Duration timeout);

  /**
   * Starts a loop over the items written from now on: {@code for (T item : stream)}. The loop
   * blocks its thread while there is nothing to take, so it belongs on a virtual thread. It ends
   * with the stream, and when its thread is interrupted (the interrupt status stays set).
   *
   * <p>A loop that is left by {@code break} leaves the stream when the iterator is collected as
   * garbage. An iterator that can still be reached may be asked for more, so every item that is
   * written waits for it in memory. To leave a loop early, loop over a consumer and close that: a
   * closed consumer keeps nothing, nor does its iterator.
   *
   * @return an iterator with a consumer of its own
   */
  @Override
  default Iterator<T> iterator() {
    return createConsumer().iterator();
  }

  /**
   * Waits for the next item written after this call. Nothing stays behind in the stream.
   *
   * @return a value or the end
   * @throws InterruptedException if the thread is interrupted
   */
  default StreamItem<T> next() throws InterruptedException {
    try (StreamConsumer<T> consumer = createConsumer()) {
      return consumer.next();
    }
  }

  /**
   * Waits for the next item written after this call, for a limited time. Nothing stays behind in
   * the stream.
   *
   * @param timeout how long to wait at most
   * @return a value or the end
   * @throws InterruptedException if the thread is interrupted
   * @throws StreamTimeoutException if no item came in time
   * @throws IllegalArgumentException if the timeout is negative
   */
  default StreamItem<T> next(Duration timeout) throws InterruptedException {
    try (StreamConsumer<T> consumer = createConsumer(timeout)) {
      return consumer.next();
    }
  }

  /**
   * Waits for the next value written after this call. Nothing stays behind in the stream.
   *
   * @return the value
   * @throws InterruptedException if the thread is interrupted
   * @throws StreamEndedException if the stream ends first
   */
  default T once() throws InterruptedException {
    return valueOf(next());
  }

  /**
   * Waits for the next value written after this call, for a limited time. Nothing stays behind in
   * the stream.
   *
   * @param timeout how long to wait at most
   * @return the value
   * @throws InterruptedException if the thread is interrupted
   * @throws StreamTimeoutException if no item came in time
   * @throws StreamEndedException if the stream ends first
   * @throws IllegalArgumentException if the timeout is negative
   */
  default T once(Duration timeout) throws InterruptedException {
    return valueOf(next(timeout));
  }

  private static <T> T valueOf(StreamItem<T> item) {
    return switch (item) {
      case Value<T> value -> value.value();
      case End<T> end -> throw new StreamEndedException(end.value());
    };
  }

  /**
   * Hands every item written from now on to a handler, on virtual threads: one is started when
   * items arrive and ends when there are no more. An idle stream costs no thread.
   *
   * @param handler called for one item at a time, in order
   * @return the consumption, which goes on until it is closed or the stream ends
   */
  default Consumption consume(StreamHandler<? super T> handler) {
    return consume(handler, VirtualThreadExecutor.INSTANCE);
  }

  /**
   * Hands every item written from now on to a handler, on an executor: one task is submitted, by
   * the thread that writes, when items arrive for an idle handler; it runs until there are no more.
   * When the executor rejects the task, or throws anything else, the items stay in the stream; the
   * next write tries again, and so does a timer, after 50 ms at first and every 10 s at last.
   *
   * @param handler called for one item at a time, in order
   * @param executor runs the tasks; it must not drop them silently
   * @return the consumption, which goes on until it is closed or the stream ends
   */
  Consumption consume(StreamHandler<? super T> handler, Executor executor);

  /**
   * Returns a view of this stream through a function. The function runs on the thread of each
   * consumer, once per item and consumer; an item for which it returns null is skipped. The
   * consumers of the view are consumers of this stream: their ids, statistics, backpressure, close
   * and kill are those of this stream. What the function throws is thrown by {@link
   * StreamConsumer#next()} (the item is taken, the consumer goes on), and counts as a failure of
   * the handler in {@code consume}. The value of an end is mapped too.
   *
   * @param mapper makes the items of the view
   * @param <R> the type of the items of the view
   * @return the view, which keeps nothing
   */
  default <R> ConsumableStream<R> map(Function<? super T, ? extends @Nullable R> mapper) {
    return new MappedStream<>(this, mapper);
  }

  /**
   * Returns this stream as a publisher. Each subscriber gets a consumer of its own when it
   * subscribes, and as many items as it requests; what it did not request waits in the stream as
   * backpressure. {@code onComplete} follows the last item after a close, and the current one after
   * a kill; it is signalled while there is demand. A subscription holds a virtual thread while it
   * has unfulfilled demand, and calls the subscriber on it. A subscriber that throws, which the
   * rules forbid, is cancelled; the uncaught exception handler of that thread is told.
   *
   * @return a publisher that keeps to the rules of Reactive Streams
   */
  default Flow.Publisher<T> publisher() {
    return new StreamPublisher<>(this);
  }
}
