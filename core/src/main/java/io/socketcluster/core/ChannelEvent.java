// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.errors.AGException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of a channel, for {@link AGChannel#listener(EventName)}. */
public sealed interface ChannelEvent {
  /** The subscription is in force. */
  EventName<Subscribe> SUBSCRIBE = new EventName<>("subscribe");

  /** The subscription was refused. */
  EventName<SubscribeFail> SUBSCRIBE_FAIL = new EventName<>("subscribeFail");

  /** The subscription ended. */
  EventName<Unsubscribe> UNSUBSCRIBE = new EventName<>("unsubscribe");

  /** The server ended the subscription. */
  EventName<KickOut> KICK_OUT = new EventName<>("kickOut");

  /** Every event that a channel has. */
  List<EventName<? extends ChannelEvent>> ALL =
      List.of(SUBSCRIBE, SUBSCRIBE_FAIL, UNSUBSCRIBE, KICK_OUT);

  /** The name of the channel. */
  String channel();

  /** Payload of {@link #SUBSCRIBE}. */
  record Subscribe(String channel) implements ChannelEvent {}

  /** Payload of {@link #SUBSCRIBE_FAIL}. */
  record SubscribeFail(String channel, AGException error) implements ChannelEvent {}

  /** Payload of {@link #UNSUBSCRIBE}. */
  record Unsubscribe(String channel) implements ChannelEvent {}

  /** Payload of {@link #KICK_OUT}. */
  record KickOut(String channel, @Nullable String message) implements ChannelEvent {}
}
