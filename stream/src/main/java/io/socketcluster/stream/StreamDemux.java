// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Many streams behind one writer, told apart by name. A stream exists while it has consumers; what
 * is written to a name that nobody consumes is dropped, unless the demux {@linkplain #retain(int,
 * Predicate) retains} it. Consumer ids are unique within the demux.
 *
 * <p>Thread-safe: any number of threads may write and consume, as with {@link
 * WritableConsumableStream}. A demux without streams is small, and a write to a name that nobody
 * consumes allocates nothing.
 *
 * @param <T> the type of the items; items are never null
 */
public final class StreamDemux<T> {
  private final NamedStreams<T> streams;

  /** Creates a demux whose failing handlers go to the thread's uncaught exception handler. */
  public StreamDemux() {
    this.streams = new NamedStreams<>(null);
  }

  /**
   * Creates a demux.
   *
   * @param errorHandler is told what handlers throw
   */
  public StreamDemux(ConsumptionErrorHandler errorHandler) {
    this.streams = new NamedStreams<>(requireNonNull(errorHandler, "errorHandler"));
  }

  /**
   * Creates a demux whose handlers are run in a way of its own.
   *
   * @param errorHandler is told what handlers throw
   * @param handlerExecutor runs the handlers that are given to {@link
   *     ConsumableStream#consume(StreamHandler)}; called by the threads that write, so it must
   *     neither block nor run the task itself
   */
  public StreamDemux(ConsumptionErrorHandler errorHandler, Executor handlerExecutor) {
    this.streams =
        new NamedStreams<>(
            requireNonNull(errorHandler, "errorHandler"),
            requireNonNull(handlerExecutor, "handlerExecutor"));
  }

  /**
   * Returns the stream of a name: a view that costs nothing, and creates the stream when it is
   * consumed.
   *
   * @param name the name
   * @return a view of the streams of that name, now and later
   */
  public ConsumableStream<T> stream(String name) {
    return new DemuxedStream<>(streams, name);
  }

  /**
   * Forgets a stream. Its consumers no longer count, see nothing that is written from now on, and
   * end after their backlog. New consumers of the name start a new stream.
   *
   * @param name the name
   */
  public void unstream(String name) {
    streams.unstream(name);
  }

  /**
   * Writes an item to the consumers of a stream.
   *
   * @param name the name of the stream
   * @param item the item
   */
  public void write(String name, T item) {
    streams.write(name, item);
  }

  /**
   * Writes an item for one consumer, whatever its stream. Nothing happens if there is no such
   * consumer.
   *
   * @param consumerId the id of the consumer
   * @param item the item
   */
  public void writeToConsumer(long consumerId, T item) {
    requireNonNull(item, "item");
    Cursor<T> cursor = streams.findConsumer(consumerId);
    if (cursor != null) {
      cursor.core.writeTo(consumerId, item);
    }
  }

  /**
   * Ends the consumers of a stream, without a value, after they have taken their backlog.
   *
   * @param name the name of the stream
   */
  public void close(String name) {
    close(name, null);
  }

  /**
   * Ends the consumers of a stream after they have taken their backlog.
   *
   * @param name the name of the stream
   * @param value comes with the end, may be null
   */
  public void close(String name, @Nullable T value) {
    StreamCore<T> core = streams.find(name);
    if (core != null) {
      core.close(value);
    }
  }

  /** Ends all consumers, without a value, after they have taken their backlog. */
  public void closeAll() {
    closeAll(null);
  }

  /**
   * Ends all consumers after they have taken their backlog.
   *
   * @param value comes with the end, may be null
   */
  public void closeAll(@Nullable T value) {
    streams.all().forEach(core -> core.close(value));
  }

  /**
   * Ends one consumer, without a value, after it has taken its backlog.
   *
   * @param consumerId the id of the consumer
   */
  public void closeConsumer(long consumerId) {
    closeConsumer(consumerId, null);
  }

  /**
   * Ends one consumer after it has taken its backlog. Nothing happens if there is no such consumer.
   *
   * @param consumerId the id of the consumer
   * @param value comes with the end, may be null
   */
  public void closeConsumer(long consumerId, @Nullable T value) {
    Cursor<T> cursor = streams.findConsumer(consumerId);
    if (cursor != null) {
      cursor.core.closeConsumer(consumerId, value);
    }
  }

  /**
   * Ends the consumers of a stream at once, without a value; their backlog is dropped.
   *
   * @param name the name of the stream
   */
  public void kill(String name) {
    kill(name, null);
  }

  /**
   * Ends the consumers of a stream at once; their backlog, and what is retained, is dropped.
   *
   * @param name the name of the stream
   * @param value comes with the end, may be null
   */
  public void kill(String name, @Nullable T value) {
    StreamCore<T> core = streams.find(name);
    if (core != null) {
      core.kill(value);
    }
  }

  /** Ends all consumers at once, without a value; their backlog is dropped. */
  public void killAll() {
    killAll(null);
  }

  /**
   * Ends all consumers at once; their backlog, and what is retained, is dropped.
   *
   * @param value comes with the end, may be null
   */
  public void killAll(@Nullable T value) {
    streams.all().forEach(core -> core.kill(value));
  }

  /**
   * Ends one consumer at once, without a value; its backlog is dropped.
   *
   * @param consumerId the id of the consumer
   */
  public void killConsumer(long consumerId) {
    killConsumer(consumerId, null);
  }

  /**
   * Ends one consumer at once; its backlog is dropped. Nothing happens if there is no such
   * consumer.
   *
   * @param consumerId the id of the consumer
   * @param value comes with the end, may be null
   */
  public void killConsumer(long consumerId, @Nullable T value) {
    Cursor<T> cursor = streams.findConsumer(consumerId);
    if (cursor != null) {
      cursor.core.killConsumer(consumerId, value);
    }
  }

  /**
   * Returns the backpressure of a stream: how many items its slowest consumer has not yet taken.
   *
   * @param name the name of the stream
   * @return the number, 0 without consumers
   */
  public int getBackpressure(String name) {
    StreamCore<T> core = streams.find(name);
    return core == null ? 0 : core.backpressure();
  }

  /**
   * Returns the highest backpressure of all streams.
   *
   * @return the number, 0 without consumers
   */
  public int getBackpressureAll() {
    return streams.all().stream().mapToInt(StreamCore::backpressure).max().orElse(0);
  }

  /**
   * Returns the backpressure of one consumer.
   *
   * @param consumerId the id of the consumer
   * @return how many items were written and not yet taken by it, 0 if there is no such consumer
   */
  public int getConsumerBackpressure(long consumerId) {
    Cursor<T> cursor = streams.findConsumer(consumerId);
    return cursor == null ? 0 : cursor.backpressure();
  }

  /**
   * Returns the state of one consumer.
   *
   * @param consumerId the id of the consumer
   * @return its state at this moment, or null if there is no such consumer
   */
  public @Nullable ConsumerStats getConsumerStats(long consumerId) {
    Cursor<T> cursor = streams.findConsumer(consumerId);
    return cursor == null ? null : cursor.stats();
  }

  /**
   * Returns the state of the consumers of a stream.
   *
   * @param name the name of the stream
   * @return a new list, in the order in which they were created
   */
  public List<ConsumerStats> getConsumerStatsList(String name) {
    StreamCore<T> core = streams.find(name);
    return core == null ? new ArrayList<>() : core.stats();
  }

  /**
   * Returns the state of all consumers.
   *
   * @return a new list
   */
  public List<ConsumerStats> getConsumerStatsListAll() {
    List<ConsumerStats> stats = new ArrayList<>();
    streams.all().forEach(core -> stats.addAll(core.stats()));
    return stats;
  }

  /**
   * Tells whether a stream has that consumer, and it has not ended.
   *
   * @param name the name of the stream
   * @param consumerId the id of the consumer
   * @return true if so
   */
  public boolean hasConsumer(String name, long consumerId) {
    StreamCore<T> core = streams.find(name);
    return core != null && core.find(consumerId) != null;
  }

  /**
   * Tells whether any stream has that consumer, and it has not ended.
   *
   * @param consumerId the id of the consumer
   * @return true if so
   */
  public boolean hasConsumerAll(long consumerId) {
    return streams.findConsumer(consumerId) != null;
  }

  /**
   * Returns the number of consumers of a stream.
   *
   * @param name the name of the stream
   * @return the number
   */
  public int getConsumerCount(String name) {
    StreamCore<T> core = streams.find(name);
    return core == null ? 0 : core.consumerCount();
  }

  /**
   * Returns the number of consumers of all streams.
   *
   * @return the number
   */
  public int getConsumerCountAll() {
    return streams.all().stream().mapToInt(StreamCore::consumerCount).sum();
  }

  /**
   * Returns a check of whether the consumers of a stream are done with what has been written to it
   * so far. A consumer is done with an item when it asks for the next one (its handler has
   * returned, its loop comes round again) or has left.
   *
   * @param name the name of the stream
   * @return true from the moment when all are done; thread-safe
   */
  public BooleanSupplier handled(String name) {
    StreamCore<T> core = streams.find(name);
    if (core == null) {
      return () -> true;
    }
    int number = core.lastNumber();
    return () -> core.isHandled(number);
  }

  /**
   * Begins to keep what is written: from now on, streams whose name matches are kept from the
   * beginning, also without consumers, and every consumer that is created until {@link #release()}
   * starts at that beginning. A stream that has consumers is kept up to the limit; beyond it,
   * consumers start at its end as usual. What a consumer has taken that left meanwhile, as {@code
   * once()} does, is kept no longer. Streams without consumers are kept without a limit of their
   * own: the caller stops writing when {@link #isSaturated()}.
   *
   * @param limit how many items to keep
   * @param names which streams to keep; may be called by any thread that writes or consumes, so it
   *     must be thread-safe and quick
   * @throws IllegalArgumentException if the limit is not positive
   * @throws IllegalStateException if the demux retains already
   */
  public void retain(int limit, Predicate<String> names) {
    if (limit <= 0) {
      throw new IllegalArgumentException("limit: expected 1 or more but was " + limit);
    }
    streams.retain(limit, requireNonNull(names, "names"));
  }

  /**
   * Keeps from now on also what a consumer has taken that left: as long as something is retained,
   * every consumer that is created begins with it, also after a {@code once()} of another.
   */
  public void replay() {
    streams.replay();
  }

  /**
   * Begins to keep what is written to one stream, also without consumers: every consumer that is
   * created until {@link #release(String)} starts at the beginning, or behind what a consumer has
   * taken that left meanwhile, as {@code once()} does. Of more than the limit the oldest is
   * dropped, or, when there is a consumer, nothing is kept any more.
   *
   * @param name the name of the stream
   * @param limit how many items to keep
   * @throws IllegalArgumentException if the limit is not positive
   */
  public void retain(String name, int limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("limit: expected 1 or more but was " + limit);
    }
    streams.retainStream(name, limit);
  }

  /**
   * Ends what {@link #retain(String, int)} began for a stream: what no consumer has is dropped, and
   * new consumers start at the end again.
   *
   * @param name the name of the stream
   */
  public void release(String name) {
    streams.releaseStream(name);
  }

  /**
   * Ends what {@link #retain(int, Predicate)} began: streams without consumers are dropped with all
   * they kept, and new consumers start at the end again. A consumer created meanwhile gets all or
   * starts at the end. Has no effect if the demux does not retain.
   */
  public void release() {
    streams.release();
  }

  /**
   * Stops to keep the streams that have consumers: what all of these have taken is let go of, and
   * consumers to come start at the end. Streams without consumers are kept on. For callers who see
   * that what is kept takes too much memory.
   */
  public void releaseClaimed() {
    streams.all().forEach(StreamCore::releaseIfClaimed);
  }

  /**
   * Tells whether the demux retains, and the items in streams that have no consumer have reached
   * the limit, all streams together. The caller should stop writing then.
   *
   * @return true if so
   */
  public boolean isSaturated() {
    return streams.isSaturated();
  }

  /**
   * Tells whether the demux keeps anything in a stream that has no consumer.
   *
   * @return true if so
   */
  public boolean hasUnclaimed() {
    return streams.unclaimed(1) > 0;
  }

  /**
   * Shows every item that the demux keeps in memory, with the name of its stream: what the slowest
   * consumer of a stream has not taken or is busy with, and what is retained for consumers to come.
   * For those who count what that costs. What is written or taken meanwhile may be seen or not.
   *
   * @param visitor is called for each item, on the calling thread
   */
  public void forEachHeld(BiConsumer<String, ? super T> visitor) {
    for (StreamCore<T> core : streams.all()) {
      String name = core.name;
      if (name != null) {
        core.forEachHeld(item -> visitor.accept(name, item));
      }
    }
  }

  /**
   * Ends all streams for good: all consumers at once, as {@link #killAll()} does, and whoever
   * consumes later finds the end. Nothing that is written from now on reaches anybody.
   */
  public void end() {
    streams.end();
  }

  /**
   * Ends all streams for good, but lets consumers take what has been written: a consumer that has
   * nothing to take ends at once, the others end after their backlog. A consumer that is created
   * later gets what is {@linkplain #retain(int, Predicate) retained} until {@link #release()}, and
   * then finds the end.
   */
  public void endAfterBacklog() {
    endAfterBacklog(name -> true);
  }

  /**
   * Ends some streams, as {@link #endAfterBacklog()} ends all. A second call decides anew which
   * streams a consumer that is created later finds ended.
   *
   * @param names which streams end; may be called by any thread that consumes, so it must be
   *     thread-safe and quick
   */
  public void endAfterBacklog(Predicate<String> names) {
    streams.endAfterBacklog(requireNonNull(names, "names"));
  }

  /**
   * Tells whether every consumer is idle: it has asked for the next item, and there is none. A
   * consumer that was created and has not asked for anything yet is not idle.
   *
   * @return true if so, or if there is no consumer
   */
  public boolean isIdle() {
    return streams.all().stream().allMatch(StreamCore::isIdle);
  }

  /**
   * Returns the consumers that are busy: they have an item in hand, and more waits for them. A
   * consumer has an item in hand until it asks for the next one.
   *
   * @return the threads that took the items in hand, by the ids of the consumers; a new map
   */
  public Map<Long, Thread> busyConsumers() {
    Map<Long, Thread> busy = new HashMap<>();
    streams.all().forEach(core -> core.addBusy(busy));
    return busy;
  }
}
