// SPDX-License-Identifier: MIT
package io.socketcluster.core.streams;

import io.socketcluster.core.AGRequest;
import io.socketcluster.core.AsyncStreamEmitter;
import io.socketcluster.core.ProcedureFamily;
import io.socketcluster.core.ReceiverFamily;
import io.socketcluster.protocol.DataBinding;
import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.stream.ConsumerStats;
import io.socketcluster.stream.StreamDemux;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The method families of a socket, on its streams. */
public interface StreamFamilies extends AsyncStreamEmitter, ReceiverFamily, ProcedureFamily {
  /** Returns the streams on which all methods of the families operate. */
  SocketStreams streams();

  @Override
  default StreamDemux<Object> listenerDemux() {
    return streams().listeners();
  }

  @Override
  default <T> ConsumableStream<T> receiver(String receiverName, Class<T> type) {
    return receiver(receiverName, dataMapper().binding(type));
  }

  @Override
  default <T> ConsumableStream<T> receiver(String receiverName, TypeReference<T> type) {
    return receiver(receiverName, dataMapper().binding(type));
  }

  private <T> ConsumableStream<T> receiver(String receiverName, DataBinding<T> binding) {
    Function<InboundMessage, @Nullable T> bound = message -> message.bind(binding);
    return streams().receivers().stream(receiverName).map(bound);
  }

  @Override
  default void closeReceiver(String receiverName) {
    streams().receivers().close(receiverName);
  }

  @Override
  default void closeAllReceivers() {
    streams().receivers().closeAll();
  }

  @Override
  default void killReceiver(String receiverName) {
    streams().receivers().kill(receiverName);
  }

  @Override
  default void killAllReceivers() {
    streams().receivers().killAll();
  }

  @Override
  default void killReceiverConsumer(long consumerId) {
    streams().receivers().killConsumer(consumerId);
  }

  @Override
  default @Nullable ConsumerStats getReceiverConsumerStats(long consumerId) {
    return streams().receivers().getConsumerStats(consumerId);
  }

  @Override
  default List<ConsumerStats> getReceiverConsumerStatsList(String receiverName) {
    return streams().receivers().getConsumerStatsList(receiverName);
  }

  @Override
  default List<ConsumerStats> getAllReceiversConsumerStatsList() {
    return streams().receivers().getConsumerStatsListAll();
  }

  @Override
  default int getReceiverBackpressure(String receiverName) {
    return streams().receivers().getBackpressure(receiverName);
  }

  @Override
  default int getAllReceiversBackpressure() {
    return streams().receivers().getBackpressureAll();
  }

  @Override
  default int getReceiverConsumerBackpressure(long consumerId) {
    return streams().receivers().getConsumerBackpressure(consumerId);
  }

  @Override
  default boolean hasReceiverConsumer(String receiverName, long consumerId) {
    return streams().receivers().hasConsumer(receiverName, consumerId);
  }

  @Override
  default boolean hasAnyReceiverConsumer(long consumerId) {
    return streams().receivers().hasConsumerAll(consumerId);
  }

  @Override
  default <T> ConsumableStream<AGRequest<T>> procedure(String procedureName, Class<T> type) {
    return procedure(procedureName, dataMapper().binding(type));
  }

  @Override
  default <T> ConsumableStream<AGRequest<T>> procedure(
      String procedureName, TypeReference<T> type) {
    return procedure(procedureName, dataMapper().binding(type));
  }

  private <T> ConsumableStream<AGRequest<T>> procedure(
      String procedureName, DataBinding<T> binding) {
    Function<InboundCall, @Nullable AGRequest<T>> bound = call -> call.bind(binding);
    return streams().procedures().stream(procedureName).map(bound);
  }

  @Override
  default void closeProcedure(String procedureName) {
    streams().procedures().close(procedureName);
  }

  @Override
  default void closeAllProcedures() {
    streams().procedures().closeAll();
  }

  @Override
  default void killProcedure(String procedureName) {
    streams().procedures().kill(procedureName);
  }

  @Override
  default void killAllProcedures() {
    streams().procedures().killAll();
  }

  @Override
  default void killProcedureConsumer(long consumerId) {
    streams().procedures().killConsumer(consumerId);
  }

  @Override
  default @Nullable ConsumerStats getProcedureConsumerStats(long consumerId) {
    return streams().procedures().getConsumerStats(consumerId);
  }

  @Override
  default List<ConsumerStats> getProcedureConsumerStatsList(String procedureName) {
    return streams().procedures().getConsumerStatsList(procedureName);
  }

  @Override
  default List<ConsumerStats> getAllProceduresConsumerStatsList() {
    return streams().procedures().getConsumerStatsListAll();
  }

  @Override
  default int getProcedureBackpressure(String procedureName) {
    return streams().procedures().getBackpressure(procedureName);
  }

  @Override
  default int getAllProceduresBackpressure() {
    return streams().procedures().getBackpressureAll();
  }

  @Override
  default int getProcedureConsumerBackpressure(long consumerId) {
    return streams().procedures().getConsumerBackpressure(consumerId);
  }

  @Override
  default boolean hasProcedureConsumer(String procedureName, long consumerId) {
    return streams().procedures().hasConsumer(procedureName, consumerId);
  }

  @Override
  default boolean hasAnyProcedureConsumer(long consumerId) {
    return streams().procedures().hasConsumerAll(consumerId);
  }
}
