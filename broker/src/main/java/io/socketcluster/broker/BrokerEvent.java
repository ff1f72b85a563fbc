// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import io.socketcluster.core.EventName;
import io.socketcluster.protocol.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The events of a broker engine. */
public sealed interface BrokerEvent {
  /** The engine can be used. */
  EventName<Ready> READY = new EventName<>("ready");

  /** Something failed that no caller was told. */
  EventName<Failure> ERROR = new EventName<>("error");

  /** A channel received its first subscriber on this machine. */
  EventName<Subscribe> SUBSCRIBE = new EventName<>("subscribe");

  /** A channel lost its last subscriber on this machine. */
  EventName<Unsubscribe> UNSUBSCRIBE = new EventName<>("unsubscribe");

  /** A message was published on this machine. */
  EventName<Publish> PUBLISH = new EventName<>("publish");

  /** Messages of other machines may be missing, on all channels. */
  EventName<Gap> GAP = new EventName<>("gap");

  /** Payload of {@link #READY}. */
  record Ready() implements BrokerEvent {}

  /** Payload of {@link #ERROR}. */
  record Failure(Throwable error) implements BrokerEvent {}

  /** Payload of {@link #SUBSCRIBE}. */
  record Subscribe(String channel) implements BrokerEvent {}

  /** Payload of {@link #UNSUBSCRIBE}. */
  record Unsubscribe(String channel) implements BrokerEvent {}

  /** Payload of {@link #PUBLISH}. */
  record Publish(String channel, @Nullable Payload data) implements BrokerEvent {}

  /**
   * Payload of {@link #GAP}.
   *
   * @param reason why messages may be missing
   * @param since when the gap began at the earliest: the last moment at which the broker was known
   *     to deliver, a few seconds before a loss that shows only by silence
   * @param until when it ended; null while it lasts
   */
  record Gap(String reason, Instant since, @Nullable Instant until) implements BrokerEvent {}
}
