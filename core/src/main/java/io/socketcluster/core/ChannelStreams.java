// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.stream.ConsumerStats;
import io.socketcluster.stream.StreamDemux;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The streams of channels: an output each, which is what is published to it, and a listener for
 * each of its events. What is closed ends after what its consumers have not taken yet; what is
 * killed ends at once. Every method is thread-safe and none of them blocks.
 *
 * <p>The listeners of a channel are its own, also when the name of another one begins with its name
 * and a slash.
 */
public interface ChannelStreams {
  /** Returns the demux of the outputs, by channel name. */
  StreamDemux<Payload> channelDataDemux();

  /** Returns the demux of the listeners, by {@code channel/event}. */
  StreamDemux<Object> channelEventDemux();

  /** Returns the stream of one event of a channel. */
  @SuppressWarnings("unchecked") // emitChannelEvent() takes nothing but an E for this name
  default <E extends ChannelEvent> ConsumableStream<E> channelListener(
      String channelName, EventName<E> event) {
    return (ConsumableStream<E>)
        (ConsumableStream<?>) channelEventDemux().stream(streamName(channelName, event.name()));
  }

  /** Writes an event to the consumers of a channel's listener. */
  default <E extends ChannelEvent> void emitChannelEvent(EventName<E> event, E data) {
    channelEventDemux().write(streamName(data.channel(), event.name()), data);
  }

  /** Ends the consumers of a channel's output and listeners after their backlog. */
  default void closeChannel(String channelName) {
    channelCloseOutput(channelName);
    channelCloseAllListeners(channelName);
  }

  /** Ends the consumers of all channels after their backlog. */
  default void closeAllChannels() {
    closeAllChannelOutputs();
    closeAllChannelListeners();
  }

  /** Ends the consumers of the outputs of all channels after their backlog. */
  default void closeAllChannelOutputs() {
    channelDataDemux().closeAll();
  }

  /** Ends the consumers of the listeners of all channels after their backlog. */
  default void closeAllChannelListeners() {
    channelEventDemux().closeAll();
  }

  /** Ends the consumers of a channel's output after their backlog. */
  default void channelCloseOutput(String channelName) {
    channelDataDemux().close(channelName);
  }

  /** Ends the consumers of one listener of a channel after their backlog. */
  default void channelCloseListener(String channelName, String eventName) {
    channelEventDemux().close(streamName(channelName, eventName));
  }

  /** Ends the consumers of all listeners of a channel after their backlog. */
  default void channelCloseAllListeners(String channelName) {
    streamNames(channelName).forEach(channelEventDemux()::close);
  }

  /** Ends the consumers of a channel's output and listeners at once. */
  default void killChannel(String channelName) {
    channelKillOutput(channelName);
    channelKillAllListeners(channelName);
  }

  /** Ends the consumers of all channels at once. */
  default void killAllChannels() {
    killAllChannelOutputs();
    killAllChannelListeners();
  }

  /** Ends the consumers of the outputs of all channels at once. */
  default void killAllChannelOutputs() {
    channelDataDemux().killAll();
  }

  /** Ends the consumers of the listeners of all channels at once. */
  default void killAllChannelListeners() {
    channelEventDemux().killAll();
  }

  /** Ends the consumers of a channel's output at once. */
  default void channelKillOutput(String channelName) {
    channelDataDemux().kill(channelName);
  }

  /** Ends the consumers of one listener of a channel at once. */
  default void channelKillListener(String channelName, String eventName) {
    channelEventDemux().kill(streamName(channelName, eventName));
  }

  /** Ends the consumers of all listeners of a channel at once. */
  default void channelKillAllListeners(String channelName) {
    streamNames(channelName).forEach(channelEventDemux()::kill);
  }

  /** Ends one consumer of any output at once. */
  default void killChannelOutputConsumer(long consumerId) {
    channelDataDemux().killConsumer(consumerId);
  }

  /** Ends one consumer of any listener at once. */
  default void killChannelListenerConsumer(long consumerId) {
    channelEventDemux().killConsumer(consumerId);
  }

  /** Returns the statistics of a consumer of an output, or null when there is none with this id. */
  default @Nullable ConsumerStats getChannelOutputConsumerStats(long consumerId) {
    return channelDataDemux().getConsumerStats(consumerId);
  }

  /**
   * Returns the statistics of a consumer of a listener, or null when there is none with this id.
   */
  default @Nullable ConsumerStats getChannelListenerConsumerStats(long consumerId) {
    return channelEventDemux().getConsumerStats(consumerId);
  }

  /** Returns the statistics of every consumer of any output. */
  default List<ConsumerStats> getAllChannelOutputsConsumerStatsList() {
    return channelDataDemux().getConsumerStatsListAll();
  }

  /** Returns the statistics of every consumer of any listener. */
  default List<ConsumerStats> getAllChannelListenersConsumerStatsList() {
    return channelEventDemux().getConsumerStatsListAll();
  }

  /** Returns the statistics of every consumer of a channel's output. */
  default List<ConsumerStats> channelGetOutputConsumerStatsList(String channelName) {
    return channelDataDemux().getConsumerStatsList(channelName);
  }

  /** Returns the statistics of every consumer of one listener of a channel. */
  default List<ConsumerStats> channelGetListenerConsumerStatsList(
      String channelName, String eventName) {
    return channelEventDemux().getConsumerStatsList(streamName(channelName, eventName));
  }

  /** Returns the statistics of every consumer of any listener of a channel. */
  default List<ConsumerStats> channelGetAllListenersConsumerStatsList(String channelName) {
    return streamNames(channelName)
        .flatMap(name -> channelEventDemux().getConsumerStatsList(name).stream())
        .toList();
  }

  /** Returns how much the slowest consumer of a channel's output or listeners has not taken yet. */
  default int getChannelBackpressure(String channelName) {
    return Math.max(
        channelGetOutputBackpressure(channelName), channelGetAllListenersBackpressure(channelName));
  }

  /** Returns how much the slowest consumer of any channel has not taken yet. */
  default int getAllChannelsBackpressure() {
    return Math.max(getAllChannelOutputsBackpressure(), getAllChannelListenersBackpressure());
  }

  /** Returns how many messages the slowest consumer of any output has not taken yet. */
  default int getAllChannelOutputsBackpressure() {
    return channelDataDemux().getBackpressureAll();
  }

  /** Returns how many events the slowest consumer of any listener has not taken yet. */
  default int getAllChannelListenersBackpressure() {
    return channelEventDemux().getBackpressureAll();
  }

  /** Returns how many messages the slowest consumer of a channel's output has not taken yet. */
  default int channelGetOutputBackpressure(String channelName) {
    return channelDataDemux().getBackpressure(channelName);
  }

  /**
   * Returns how many events the slowest consumer of one listener of a channel has not taken yet.
   */
  default int channelGetListenerBackpressure(String channelName, String eventName) {
    return channelEventDemux().getBackpressure(streamName(channelName, eventName));
  }

  /** Returns how many events the slowest consumer of a channel's listeners has not taken yet. */
  default int channelGetAllListenersBackpressure(String channelName) {
    return streamNames(channelName).mapToInt(channelEventDemux()::getBackpressure).max().orElse(0);
  }

  /** Returns how many messages this consumer of an output has not taken yet; 0 without it. */
  default int getChannelOutputConsumerBackpressure(long consumerId) {
    return channelDataDemux().getConsumerBackpressure(consumerId);
  }

  /** Returns how many events this consumer of a listener has not taken yet; 0 without it. */
  default int getChannelListenerConsumerBackpressure(long consumerId) {
    return channelEventDemux().getConsumerBackpressure(consumerId);
  }

  /** Returns whether any output has a consumer with this id. */
  default boolean hasAnyChannelOutputConsumer(long consumerId) {
    return channelDataDemux().hasConsumerAll(consumerId);
  }

  /** Returns whether any listener of any channel has a consumer with this id. */
  default boolean hasAnyChannelListenerConsumer(long consumerId) {
    return channelEventDemux().hasConsumerAll(consumerId);
  }

  /** Returns whether a channel's output has a consumer with this id. */
  default boolean channelHasOutputConsumer(String channelName, long consumerId) {
    return channelDataDemux().hasConsumer(channelName, consumerId);
  }

  /** Returns whether one listener of a channel has a consumer with this id. */
  default boolean channelHasListenerConsumer(
      String channelName, String eventName, long consumerId) {
    return channelEventDemux().hasConsumer(streamName(channelName, eventName), consumerId);
  }

  /** Returns whether any listener of a channel has a consumer with this id. */
  default boolean channelHasAnyListenerConsumer(String channelName, long consumerId) {
    return streamNames(channelName)
        .anyMatch(name -> channelEventDemux().hasConsumer(name, consumerId));
  }

  private static String streamName(String channelName, String eventName) {
    return channelName + '/' + eventName;
  }

  private static Stream<String> streamNames(String channelName) {
    return ChannelEvent.ALL.stream().map(event -> streamName(channelName, event.name()));
  }
}
