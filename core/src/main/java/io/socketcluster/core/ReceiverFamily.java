// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.stream.ConsumerStats;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * The receivers of a socket: a stream of the other end's messages for each event name. Every method
 * is thread-safe, and none of them blocks.
 */
public interface ReceiverFamily extends TypedData {
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
  <T> ConsumableStream<T> receiver(String receiverName, Class<T> type);

  /**
   * Returns the same stream, bound to a generic type, as {@link #receiver(String, Class)} does it:
   * {@code receiver("orders", new TypeReference<List<Order>>() {})}.
   *
   * @throws IllegalArgumentException if Jackson cannot make the type
   */
  <T> ConsumableStream<T> receiver(String receiverName, TypeReference<T> type);

  /** Ends the consumers of this receiver after their backlog. */
  void closeReceiver(String receiverName);

  /** Ends the consumers of all receivers after their backlog. */
  void closeAllReceivers();

  /** Ends the consumers of this receiver at once; their backlog is dropped. */
  void killReceiver(String receiverName);

  /** Ends the consumers of all receivers at once; their backlog is dropped. */
  void killAllReceivers();

  /** Ends one consumer at once. */
  void killReceiverConsumer(long consumerId);

  /** Returns the statistics of one consumer, or null when there is none with this id. */
  @Nullable ConsumerStats getReceiverConsumerStats(long consumerId);

  /** Returns the statistics of every consumer of this receiver. */
  List<ConsumerStats> getReceiverConsumerStatsList(String receiverName);

  /** Returns the statistics of every consumer of any receiver. */
  List<ConsumerStats> getAllReceiversConsumerStatsList();

  /** Returns how many messages the slowest consumer of this receiver has not taken yet. */
  int getReceiverBackpressure(String receiverName);

  /** Returns how many messages the slowest consumer of any receiver has not taken yet. */
  int getAllReceiversBackpressure();

  /** Returns how many messages this consumer has not taken yet. */
  int getReceiverConsumerBackpressure(long consumerId);

  /** Returns whether this receiver has a consumer with this id. */
  boolean hasReceiverConsumer(String receiverName, long consumerId);

  /** Returns whether any receiver has a consumer with this id. */
  boolean hasAnyReceiverConsumer(long consumerId);
}
