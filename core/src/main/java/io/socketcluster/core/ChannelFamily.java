// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.stream.StreamDemux;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The channels of an exchange or a client socket: their messages and their events, a stream each.
 * Every method is thread-safe and none of them blocks.
 */
public interface ChannelFamily {
  /** Returns the demux of the messages, by channel name. */
  StreamDemux<Payload> channelDataDemux();

  /** Returns the demux of the events, by {@code channel/event}. */
  StreamDemux<Object> channelEventDemux();

  /** Subscribes to a channel, if that has not been done, and returns it. */
  default AGChannel<JsonNode> subscribe(String channelName) {
    return subscribe(channelName, JsonNode.class);
  }

  /**
   * Subscribes to a channel and returns it with its messages bound to {@code type}; a message that
   * cannot be bound is left out.
   */
  <T> AGChannel<T> subscribe(String channelName, Class<T> type);

  /** Ends the subscription to a channel, if there is one. */
  void unsubscribe(String channelName);

  /** Returns a channel without subscribing to it. */
  default AGChannel<JsonNode> channel(String channelName) {
    return channel(channelName, JsonNode.class);
  }

  /** Returns a channel, its messages bound to {@code type}, without subscribing to it. */
  default <T> AGChannel<T> channel(String channelName, Class<T> type) {
    return new AGChannel<>(channelName, this, type);
  }

  /** Publishes without waiting for anything; a failure shows as an {@code error} event. */
  void transmitPublish(String channelName, @Nullable Object data);

  /** Publishes; the future completes when the broker has taken the message, or fails. */
  CompletableFuture<Void> invokePublish(String channelName, @Nullable Object data);

  /** Returns the state of a channel. */
  ChannelState getChannelState(String channelName);

  /** Returns the names of the channels that are subscribed, and of those pending if wanted. */
  Set<String> subscriptions(boolean includePending);

  /** Returns the names of the channels that are subscribed. */
  default Set<String> subscriptions() {
    return subscriptions(false);
  }

  /** Returns whether a channel is subscribed. */
  default boolean isSubscribed(String channelName) {
    return getChannelState(channelName) == ChannelState.SUBSCRIBED;
  }

  /** Returns whether a channel is subscribed, or pending if that counts too. */
  default boolean isSubscribed(String channelName, boolean includePending) {
    return isSubscribed(channelName)
        || (includePending && getChannelState(channelName) == ChannelState.PENDING);
  }

  /** Returns the stream of one event of a channel. */
  @SuppressWarnings("unchecked") // emitChannelEvent() takes nothing but an E for this name
  default <E extends ChannelEvent> ConsumableStream<E> channelListener(
      String channelName, EventName<E> event) {
    return (ConsumableStream<E>)
        (ConsumableStream<?>) channelEventDemux().stream(streamName(channelName, event));
  }

  /** Ends the consumers of a channel's messages and events after what they have not taken yet. */
  default void closeChannel(String channelName) {
    channelDataDemux().close(channelName);
    ChannelEvent.ALL.forEach(event -> channelEventDemux().close(streamName(channelName, event)));
  }

  /** Ends the consumers of all channels after what they have not taken yet. */
  default void closeAllChannels() {
    channelDataDemux().closeAll();
    channelEventDemux().closeAll();
  }

  /** Ends the consumers of a channel's messages and events at once. */
  default void killChannel(String channelName) {
    channelDataDemux().kill(channelName);
    ChannelEvent.ALL.forEach(event -> channelEventDemux().kill(streamName(channelName, event)));
  }

  /** Ends the consumers of all channels at once. */
  default void killAllChannels() {
    channelDataDemux().killAll();
    channelEventDemux().killAll();
  }

  /** Returns how many messages the slowest consumer of a channel has not taken yet. */
  default int getChannelBackpressure(String channelName) {
    return channelDataDemux().getBackpressure(channelName);
  }

  /** Returns how many messages the slowest consumer of any channel has not taken yet. */
  default int getAllChannelsBackpressure() {
    return channelDataDemux().getBackpressureAll();
  }

  private static String streamName(String channelName, EventName<?> event) {
    return channelName + '/' + event.name();
  }

  /** Writes an event to the consumers of a channel's listener. */
  default <E extends ChannelEvent> void emitChannelEvent(EventName<E> event, E data) {
    channelEventDemux().write(streamName(data.channel(), event), data);
  }
}
