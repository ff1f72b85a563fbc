// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import io.socketcluster.core.EventName;
import io.socketcluster.protocol.Payload;
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
}
