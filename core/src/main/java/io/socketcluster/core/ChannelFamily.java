// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * The channels of an exchange or a client socket, with methods to subscribe and publish. Every
 * method is thread-safe, and none of them blocks.
 */
public interface ChannelFamily extends ChannelStreams, TypedData {
  /** Subscribes to a channel unless it is subscribed already, and returns it. */
  default AGChannel<JsonNode> subscribe(String channelName) {
    return subscribe(channelName, JsonNode.class);
  }

  /**
   * Subscribes to a channel and returns it with its messages bound to {@code type}; a message that
   * does not have the form of the type is left out and reported as an {@code
   * InvalidArgumentsError}.
   *
   * @throws IllegalArgumentException if Jackson cannot make the type
   */
  default <T> AGChannel<T> subscribe(String channelName, Class<T> type) {
    return subscribe(channelName, ChannelOptions.DEFAULT, type);
  }

  /**
   * Subscribes with options, which are ignored if that has been done before, and returns the
   * channel with its messages bound to {@code type}, as {@link #channel(String, Class)} does it.
   *
   * @throws IllegalArgumentException if Jackson cannot make the type
   */
  <T> AGChannel<T> subscribe(String channelName, ChannelOptions options, Class<T> type);

  /** Subscribes to a channel as {@link #subscribe(String, Class)} does it, for a generic type. */
  default <T> AGChannel<T> subscribe(String channelName, TypeReference<T> type) {
    return subscribe(channelName, ChannelOptions.DEFAULT, type);
  }

  /**
   * Subscribes as {@link #subscribe(String, ChannelOptions, Class)} does it, for a generic type.
   *
   * @throws IllegalArgumentException if Jackson cannot make the type
   */
  default <T> AGChannel<T> subscribe(
      String channelName, ChannelOptions options, TypeReference<T> type) {
    AGChannel<T> channel = channel(channelName, type); // refuses the type before it subscribes
    subscribe(channelName, options, Payload.class);
    return channel;
  }

  /** Ends the subscription to a channel, if there is one. */
  void unsubscribe(String channelName);

  /** Returns a channel without subscribing to it. */
  default AGChannel<JsonNode> channel(String channelName) {
    return channel(channelName, JsonNode.class);
  }

  /**
   * Returns a channel, its messages bound to {@code type}, without subscribing to it. A message
   * that does not have the form of the type is left out and reported as an {@code
   * InvalidArgumentsError}: of a client's channel as an {@code error} of its socket, of an
   * exchange's as a {@code warning} of its server.
   *
   * @throws IllegalArgumentException if Jackson cannot make the type
   */
  default <T> AGChannel<T> channel(String channelName, Class<T> type) {
    return new AGChannel<>(channelName, this, dataMapper().binding(type));
  }

  /**
   * Returns a channel as {@link #channel(String, Class)} does it, for a generic type.
   *
   * @throws IllegalArgumentException if Jackson cannot make the type
   */
  default <T> AGChannel<T> channel(String channelName, TypeReference<T> type) {
    return new AGChannel<>(channelName, this, dataMapper().binding(type));
  }

  /** Reports that a message was skipped because it does not fit the consumer's type. */
  default void reportMisfit(String channelName, InvalidArgumentsError misfit) {}

  /** Publishes without waiting for an answer; a failure is emitted as an {@code error} event. */
  void transmitPublish(String channelName, @Nullable Object data);

  /** Publishes; the future completes when the broker has accepted the message, or fails. */
  CompletableFuture<Void> invokePublish(String channelName, @Nullable Object data);

  /** Returns the state of a channel. */
  ChannelState getChannelState(String channelName);

  /**
   * Returns the options of the channel's subscription, or {@link ChannelOptions#DEFAULT} if it is
   * not subscribed.
   */
  ChannelOptions getChannelOptions(String channelName);

  /**
   * Returns the names of the subscribed channels, including pending channels if {@code
   * includePending}.
   */
  Set<String> subscriptions(boolean includePending);

  /** Returns the names of the subscribed channels. */
  default Set<String> subscriptions() {
    return subscriptions(false);
  }

  /** Returns whether a channel is subscribed. */
  default boolean isSubscribed(String channelName) {
    return getChannelState(channelName) == ChannelState.SUBSCRIBED;
  }

  /** Returns whether a channel is subscribed, or pending if {@code includePending}. */
  default boolean isSubscribed(String channelName, boolean includePending) {
    return isSubscribed(channelName)
        || (includePending && getChannelState(channelName) == ChannelState.PENDING);
  }
}
