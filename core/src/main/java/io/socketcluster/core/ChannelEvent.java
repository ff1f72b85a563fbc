// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.errors.AGException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of a channel, for {@link AGChannel#listener(EventName)}. */
public sealed interface ChannelEvent {
  /** The subscription is in effect. */
  EventName<Subscribe> SUBSCRIBE = new EventName<>("subscribe");

  /** The subscription was refused. */
  EventName<SubscribeFail> SUBSCRIBE_FAIL = new EventName<>("subscribeFail");

  /** The subscription ended. */
  EventName<Unsubscribe> UNSUBSCRIBE = new EventName<>("unsubscribe");

  /** The state of the channel changed. */
  EventName<SubscribeStateChange> SUBSCRIBE_STATE_CHANGE = new EventName<>("subscribeStateChange");

  /** The server ended the subscription. */
  EventName<KickOut> KICK_OUT = new EventName<>("kickOut");

  /** Messages are missing, or may be. */
  EventName<Gap> GAP = new EventName<>("gap");

  /** Every event that a channel has. */
  List<EventName<? extends ChannelEvent>> ALL =
      List.of(SUBSCRIBE, SUBSCRIBE_FAIL, UNSUBSCRIBE, SUBSCRIBE_STATE_CHANGE, KICK_OUT, GAP);

  /** Returns the name of the channel. */
  String channel();

  /** Payload of {@link #SUBSCRIBE}. */
  record Subscribe(String channel, ChannelOptions subscriptionOptions) implements ChannelEvent {
    /** Creates the payload of a subscription without options. */
    public Subscribe(String channel) {
      this(channel, ChannelOptions.DEFAULT);
    }
  }

  /** Payload of {@link #SUBSCRIBE_FAIL}. */
  record SubscribeFail(String channel, AGException error, ChannelOptions subscriptionOptions)
      implements ChannelEvent {}

  /** Payload of {@link #UNSUBSCRIBE}. */
  record Unsubscribe(String channel) implements ChannelEvent {}

  /** Payload of {@link #SUBSCRIBE_STATE_CHANGE}. */
  record SubscribeStateChange(
      String channel,
      ChannelState oldChannelState,
      ChannelState newChannelState,
      ChannelOptions subscriptionOptions)
      implements ChannelEvent {}

  /** Payload of {@link #KICK_OUT}. */
  record KickOut(String channel, @Nullable String message) implements ChannelEvent {}

  /**
   * Payload of {@link #GAP}: on the exchange of a server that is one of many, and on a client's
   * channel that {@linkplain ChannelOptions#withRecovery() recovers}.
   *
   * @param channel the channel of which messages may be missing
   * @param reason why; on a client {@code trimmed}, {@code epoch} or {@code broker}
   * @param since when the gap began
   * @param until when it ended; null while it lasts
   */
  record Gap(String channel, String reason, Instant since, @Nullable Instant until)
      implements ChannelEvent {}
}
