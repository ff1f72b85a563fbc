// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.DataBinding;
import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.stream.ConsumerStats;
import io.socketcluster.stream.StreamDemux;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The procedures of a socket: a stream of the other end's requests for each name. Every method is
 * thread-safe, and none of them blocks.
 */
public interface ProcedureFamily extends TypedData {
  /** Returns the demux on which all methods of this family operate. */
  StreamDemux<InboundCall> procedureDemux();

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
  default <T> ConsumableStream<AGRequest<T>> procedure(String procedureName, Class<T> type) {
    DataBinding<T> binding = dataMapper().binding(type);
    return procedureDemux().stream(procedureName).map(call -> call.bind(binding));
  }

  /** Ends the consumers of this procedure after their backlog. */
  default void closeProcedure(String procedureName) {
    procedureDemux().close(procedureName);
  }

  /** Ends the consumers of all procedures after their backlog. */
  default void closeAllProcedures() {
    procedureDemux().closeAll();
  }

  /** Ends the consumers of this procedure at once; their backlog is dropped. */
  default void killProcedure(String procedureName) {
    procedureDemux().kill(procedureName);
  }

  /** Ends the consumers of all procedures at once; their backlog is dropped. */
  default void killAllProcedures() {
    procedureDemux().killAll();
  }

  /** Ends one consumer at once. */
  default void killProcedureConsumer(long consumerId) {
    procedureDemux().killConsumer(consumerId);
  }

  /** Returns the statistics of one consumer, or null when there is none with this id. */
  default @Nullable ConsumerStats getProcedureConsumerStats(long consumerId) {
    return procedureDemux().getConsumerStats(consumerId);
  }

  /** Returns the statistics of every consumer of this procedure. */
  default List<ConsumerStats> getProcedureConsumerStatsList(String procedureName) {
    return procedureDemux().getConsumerStatsList(procedureName);
  }

  /** Returns the statistics of every consumer of any procedure. */
  default List<ConsumerStats> getAllProceduresConsumerStatsList() {
    return procedureDemux().getConsumerStatsListAll();
  }

  /** Returns how many requests the slowest consumer of this procedure has not taken yet. */
  default int getProcedureBackpressure(String procedureName) {
    return procedureDemux().getBackpressure(procedureName);
  }

  /** Returns how many requests the slowest consumer of any procedure has not taken yet. */
  default int getAllProceduresBackpressure() {
    return procedureDemux().getBackpressureAll();
  }

  /** Returns how many requests this consumer has not taken yet. */
  default int getProcedureConsumerBackpressure(long consumerId) {
    return procedureDemux().getConsumerBackpressure(consumerId);
  }

  /** Returns whether this procedure has a consumer with this id. */
  default boolean hasProcedureConsumer(String procedureName, long consumerId) {
    return procedureDemux().hasConsumer(procedureName, consumerId);
  }

  /** Returns whether any procedure has a consumer with this id. */
  default boolean hasAnyProcedureConsumer(long consumerId) {
    return procedureDemux().hasConsumerAll(consumerId);
  }
}
