// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.stream.ConsumerStats;
import io.socketcluster.stream.StreamDemux;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object whose events are streams: the listeners of SocketCluster's {@code AsyncStreamEmitter}.
 * Every method is thread-safe and none of them blocks.
 */
public interface AsyncStreamEmitter {
  /** Returns the demux on which all methods of this family operate. */
  StreamDemux<Object> listenerDemux();

  /** Writes {@code data} to every consumer of the listener {@code event}. */
  default <E> void emit(EventName<E> event, E data) {
    listenerDemux().write(event.name(), data);
  }

  /**
   * Returns the stream of the event {@code event}. A consumer receives the events emitted after its
   * creation.
   */
  @SuppressWarnings("unchecked") // emit() takes nothing but an E for this name
  default <E> ConsumableStream<E> listener(EventName<E> event) {
    return (ConsumableStream<E>) listener(event.name());
  }

  /** Returns the stream of the event with this name, untyped. */
  default ConsumableStream<Object> listener(String eventName) {
    return listenerDemux().stream(eventName);
  }

  /** Ends the consumers of this listener after their backlog. */
  default void closeListener(String eventName) {
    listenerDemux().close(eventName);
  }

  /** Ends the consumers of all listeners after their backlog. */
  default void closeAllListeners() {
    listenerDemux().closeAll();
  }

  /** Ends the consumers of this listener at once; their backlog is dropped. */
  default void killListener(String eventName) {
    listenerDemux().kill(eventName);
  }

  /** Ends the consumers of all listeners at once; their backlog is dropped. */
  default void killAllListeners() {
    listenerDemux().killAll();
  }

  /** Ends one consumer at once. */
  default void killListenerConsumer(long consumerId) {
    listenerDemux().killConsumer(consumerId);
  }

  /** Removes the stream of this event; its consumers receive no further events. */
  default void removeListener(String eventName) {
    listenerDemux().unstream(eventName);
  }

  /** Returns the statistics of one consumer, or null when there is none with this id. */
  default @Nullable ConsumerStats getListenerConsumerStats(long consumerId) {
    return listenerDemux().getConsumerStats(consumerId);
  }

  /** Returns the statistics of every consumer of this listener. */
  default List<ConsumerStats> getListenerConsumerStatsList(String eventName) {
    return listenerDemux().getConsumerStatsList(eventName);
  }

  /** Returns the statistics of every consumer of any listener. */
  default List<ConsumerStats> getAllListenersConsumerStatsList() {
    return listenerDemux().getConsumerStatsListAll();
  }

  /** Returns how many consumers this listener has. */
  default int getListenerConsumerCount(String eventName) {
    return listenerDemux().getConsumerCount(eventName);
  }

  /** Returns how many consumers all listeners have together. */
  default int getAllListenersConsumerCount() {
    return listenerDemux().getConsumerCountAll();
  }

  /** Returns how many events the slowest consumer of this listener has not taken yet. */
  default int getListenerBackpressure(String eventName) {
    return listenerDemux().getBackpressure(eventName);
  }

  /** Returns how many events the slowest consumer of any listener has not taken yet. */
  default int getAllListenersBackpressure() {
    return listenerDemux().getBackpressureAll();
  }

  /** Returns how many events this consumer has not taken yet; 0 when there is none with this id. */
  default int getListenerConsumerBackpressure(long consumerId) {
    return listenerDemux().getConsumerBackpressure(consumerId);
  }

  /** Returns whether this listener has a consumer with this id. */
  default boolean hasListenerConsumer(String eventName, long consumerId) {
    return listenerDemux().hasConsumer(eventName, consumerId);
  }

  /** Returns whether any listener has a consumer with this id. */
  default boolean hasAnyListenerConsumer(long consumerId) {
    return listenerDemux().hasConsumerAll(consumerId);
  }
}
