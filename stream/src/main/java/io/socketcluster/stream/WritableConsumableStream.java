// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A stream to write to. It keeps nothing but what its consumers have not taken: an item that is
 * written while there is no consumer is seen by none. A stream that was closed or killed can be
 * written and consumed again; only the consumers of that time have ended.
 *
 * <p>Writing never blocks, costs the same whatever the number of consumers, and wakes only those
 * who wait. There is no upper limit: watch {@link #getBackpressure()} and kill what is too slow.
 *
 * <p>Thread-safe: any number of threads may write and consume. All consumers see one order, in
 * which the items of each writing thread stay in the order it wrote them; what a thread did before
 * a write happens-before what a consumer does after it has taken the item.
 *
 * @param <T> the type of the items; items are never null
 */
public final class WritableConsumableStream<T> implements ConsumableStream<T> {
  private final StreamCore<T> core;

  /** Creates a stream whose failing handlers go to the thread's uncaught exception handler. */
  public WritableConsumableStream() {
    this.core = new StreamCore<>(new StreamHome<>(null), null, false);
  }

  /**
   * Creates a stream.
   *
   * @param errorHandler is told what handlers throw
   */
  public WritableConsumableStream(ConsumptionErrorHandler errorHandler) {
    requireNonNull(errorHandler, "errorHandler");
    this.core = new StreamCore<>(new StreamHome<>(errorHandler), null, false);
  }

  /**
   * Writes an item for all consumers.
   *
   * @param item the item
   */
  public void write(T item) {
    core.write(item);
  }

  /** Ends all consumers of this moment, without a value, after they have taken their backlog. */
  public void close() {
    core.close(null);
  }

  /**
   * Ends all consumers of this moment after they have taken their backlog.
   *
   * @param value comes with the end, may be null
   */
  public void close(@Nullable T value) {
    core.close(value);
  }

  /** Ends all consumers at once, without a value; their backlog is dropped. */
  public void kill() {
    core.kill(null);
  }

  /**
   * Ends all consumers at once; their backlog is dropped.
   *
   * @param value comes with the end, may be null
   */
  public void kill(@Nullable T value) {
    core.kill(value);
  }

  /**
   * Writes an item for one consumer. It has its place in the order of all items, and until they
   * pass it, it counts in the backpressure of the others too. Nothing happens if there is no such
   * consumer.
   *
   * @param consumerId the id of the consumer
   * @param item the item
   */
  public void writeToConsumer(long consumerId, T item) {
    core.writeTo(consumerId, item);
  }

  /**
   * Ends one consumer, without a value, after it has taken its backlog.
   *
   * @param consumerId the id of the consumer
   */
  public void closeConsumer(long consumerId) {
    core.closeConsumer(consumerId, null);
  }

  /**
   * Ends one consumer after it has taken its backlog. Nothing happens if there is no such consumer.
   *
   * @param consumerId the id of the consumer
   * @param value comes with the end, may be null
   */
  public void closeConsumer(long consumerId, @Nullable T value) {
    core.closeConsumer(consumerId, value);
  }

  /**
   * Ends one consumer at once, without a value; its backlog is dropped.
   *
   * @param consumerId the id of the consumer
   */
  public void killConsumer(long consumerId) {
    core.killConsumer(consumerId, null);
  }

  /**
   * Ends one consumer at once; its backlog is dropped. Nothing happens if there is no such
   * consumer.
   *
   * @param consumerId the id of the consumer
   * @param value comes with the end, may be null
   */
  public void killConsumer(long consumerId, @Nullable T value) {
    core.killConsumer(consumerId, value);
  }

  /**
   * Returns the backpressure: how many items were written and not yet taken by the slowest
   * consumer.
   *
   * @return the number, 0 without consumers
   */
  public int getBackpressure() {
    return core.backpressure();
  }

  /**
   * Returns the backpressure of one consumer.
   *
   * @param consumerId the id of the consumer
   * @return how many items were written and not yet taken by it, 0 if there is no such consumer
   */
  public int getConsumerBackpressure(long consumerId) {
    Cursor<T> cursor = core.find(consumerId);
    return cursor == null ? 0 : cursor.backpressure();
  }

  /**
   * Tells whether this stream has that consumer, and it has not ended.
   *
   * @param consumerId the id of the consumer
   * @return true if so
   */
  public boolean hasConsumer(long consumerId) {
    return core.find(consumerId) != null;
  }

  /**
   * Returns the state of one consumer.
   *
   * @param consumerId the id of the consumer
   * @return its state at this moment, or null if there is no such consumer
   */
  public @Nullable ConsumerStats getConsumerStats(long consumerId) {
    Cursor<T> cursor = core.find(consumerId);
    return cursor == null ? null : cursor.stats();
  }

  /**
   * Returns the state of all consumers.
   *
   * @return a new list, in the order in which they were created
   */
  public List<ConsumerStats> getConsumerStatsList() {
    return core.stats();
  }

  /**
   * Returns the number of consumers that have not ended.
   *
   * @return the number
   */
  public int getConsumerCount() {
    return core.consumerCount();
  }

  @Override
  public StreamConsumer<T> createConsumer() {
    return new BlockingConsumer<>(join(null));
  }

  @Override
  public StreamConsumer<T> createConsumer(Duration timeout) {
    return new BlockingConsumer<>(join(Deadline.checked(timeout)));
  }

  @Override
  public StreamItem<T> next() throws InterruptedException {
    return join(null).takeOnly();
  }

  @Override
  public StreamItem<T> next(Duration timeout) throws InterruptedException {
    return join(Deadline.checked(timeout)).takeOnly();
  }

  @Override
  public Consumption consume(StreamHandler<? super T> handler, Executor executor) {
    requireNonNull(handler, "handler");
    requireNonNull(executor, "executor");
    return new HandlerConsumption<>(join(null), handler, executor).start();
  }

  private Cursor<T> join(@Nullable Duration timeout) {
    return requireNonNull(core.join(timeout), "a stream outside of a demux never retires");
  }
}
