// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.DataBinding;
import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.stream.ConsumerStats;
import io.socketcluster.stream.StreamDemux;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The receivers of a socket: a stream of the other end's messages for each event name. Every method
 * is thread-safe, and none of them blocks.
 */
public interface ReceiverFamily extends TypedData {
  /** Returns the demux on which all methods of this family operate. */
  StreamDemux<InboundMessage> receiverDemux();

  /**
   * Returns the stream of the messages that the other end transmits under this name. Absent data is
   * a {@code MissingNode}.
   */
  default ConsumableStream<JsonNode> receiver(String receiverName) {
    return receiver(receiverName, JsonNode.class);
  }

  /**
   * Returns the same stream, bound to {@code type}. A message whose data is absent or does not have
   * the form of the type is left out and reported as an {@code error} of the socket, an {@code
   * InvalidArgumentsError}. If the type turns out to be one that Jackson cannot make, the stream
   * fails with an {@link IllegalArgumentException}: a handler's is an {@code error} of the socket.
   *
   * @throws IllegalArgumentException if Jackson cannot make the type, as far as that shows without
   *     data
   */
  default <T> ConsumableStream<T> receiver(String receiverName, Class<T> type) {
    DataBinding<T> binding = dataMapper().binding(type);
    Function<InboundMessage, @Nullable T> bound = message -> message.bind(binding);
    return receiverDemux().stream(receiverName).map(bound);
  }

  /** Ends the consumers of this receiver after their backlog. */
  default void closeReceiver(String receiverName) {
    receiverDemux().close(receiverName);
  }

  /** Ends the consumers of all receivers after their backlog. */
  default void closeAllReceivers() {
    receiverDemux().closeAll();
  }

  /** Ends the consumers of this receiver at once; their backlog is dropped. */
  default void killReceiver(String receiverName) {
    receiverDemux().kill(receiverName);
  }

  /** Ends the consumers of all receivers at once; their backlog is dropped. */
  default void killAllReceivers() {
    receiverDemux().killAll();
  }

  /** Ends one consumer at once. */
  default void killReceiverConsumer(long consumerId) {
    receiverDemux().killConsumer(consumerId);
  }

  /** Returns the statistics of one consumer, or null when there is none with this id. */
  default @Nullable ConsumerStats getReceiverConsumerStats(long consumerId) {
    return receiverDemux().getConsumerStats(consumerId);
  }

  /** Returns the statistics of every consumer of this receiver. */
  default List<ConsumerStats> getReceiverConsumerStatsList(String receiverName) {
    return receiverDemux().getConsumerStatsList(receiverName);
  }

  /** Returns the statistics of every consumer of any receiver. */
  default List<ConsumerStats> getAllReceiversConsumerStatsList() {
    return receiverDemux().getConsumerStatsListAll();
  }

  /** Returns how many messages the slowest consumer of this receiver has not taken yet. */
  default int getReceiverBackpressure(String receiverName) {
    return receiverDemux().getBackpressure(receiverName);
  }

  /** Returns how many messages the slowest consumer of any receiver has not taken yet. */
  default int getAllReceiversBackpressure() {
    return receiverDemux().getBackpressureAll();
  }

  /** Returns how many messages this consumer has not taken yet. */
  default int getReceiverConsumerBackpressure(long consumerId) {
    return receiverDemux().getConsumerBackpressure(consumerId);
  }

  /** Returns whether this receiver has a consumer with this id. */
  default boolean hasReceiverConsumer(String receiverName, long consumerId) {
    return receiverDemux().hasConsumer(receiverName, consumerId);
  }

  /** Returns whether any receiver has a consumer with this id. */
  default boolean hasAnyReceiverConsumer(long consumerId) {
    return receiverDemux().hasConsumerAll(consumerId);
  }
}
