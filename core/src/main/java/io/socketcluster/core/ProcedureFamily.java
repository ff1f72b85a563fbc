// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.stream.ConsumerStats;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * The procedures of a socket: a stream of the other end's requests for each name. Every method is
 * thread-safe, and none of them blocks.
 */
public interface ProcedureFamily extends TypedData {
  /**
   * Returns the stream of the requests that the other end makes under this name. Each request takes
   * one answer, {@link AGRequest#end} or {@link AGRequest#error}. Absent data is a {@code
   * MissingNode}.
   */
  default ConsumableStream<AGRequest<JsonNode>> procedure(String procedureName) {
    return procedure(procedureName, JsonNode.class);
  }

  /**
   * Returns the same stream with the data bound to {@code type}. A request whose data is absent or
   * does not have the form of the type is answered with an {@code InvalidArgumentsError} and left
   * out. If the type turns out to be one that Jackson cannot make, the caller gets an {@code
   * UnknownError}, and the stream fails with an {@link IllegalArgumentException}: a handler's is an
   * {@code error} of the socket.
   *
   * @throws IllegalArgumentException if Jackson cannot make the type, as far as that shows without
   *     data
   */
  <T> ConsumableStream<AGRequest<T>> procedure(String procedureName, Class<T> type);

  /**
   * Returns the same stream with the data bound to a generic type, as {@link #procedure(String,
   * Class)} does it: {@code procedure("buy", new TypeReference<List<Order>>() {})}.
   *
   * @throws IllegalArgumentException if Jackson cannot make the type
   */
  <T> ConsumableStream<AGRequest<T>> procedure(String procedureName, TypeReference<T> type);

  /** Ends the consumers of this procedure after their backlog. */
  void closeProcedure(String procedureName);

  /** Ends the consumers of all procedures after their backlog. */
  void closeAllProcedures();

  /** Ends the consumers of this procedure at once; their backlog is dropped. */
  void killProcedure(String procedureName);

  /** Ends the consumers of all procedures at once; their backlog is dropped. */
  void killAllProcedures();

  /** Ends one consumer at once. */
  void killProcedureConsumer(long consumerId);

  /** Returns the statistics of one consumer, or null when there is none with this id. */
  @Nullable ConsumerStats getProcedureConsumerStats(long consumerId);

  /** Returns the statistics of every consumer of this procedure. */
  List<ConsumerStats> getProcedureConsumerStatsList(String procedureName);

  /** Returns the statistics of every consumer of any procedure. */
  List<ConsumerStats> getAllProceduresConsumerStatsList();

  /** Returns how many requests the slowest consumer of this procedure has not taken yet. */
  int getProcedureBackpressure(String procedureName);

  /** Returns how many requests the slowest consumer of any procedure has not taken yet. */
  int getAllProceduresBackpressure();

  /** Returns how many requests this consumer has not taken yet. */
  int getProcedureConsumerBackpressure(long consumerId);

  /** Returns whether this procedure has a consumer with this id. */
  boolean hasProcedureConsumer(String procedureName, long consumerId);

  /** Returns whether any procedure has a consumer with this id. */
  boolean hasAnyProcedureConsumer(long consumerId);
}
