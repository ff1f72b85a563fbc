// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import io.socketcluster.core.connection.ConnectionTimer;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to the server.
 *
 * <p>All but the timer is immutable; that is for the event loop.
 */
public final class OutboundEvent {
  /** What an event takes besides its data. */
  private static final int OVERHEAD = 64;

  private final String event;
  private final @Nullable String channel; // of a publish
  private final @Nullable Payload data; // or what is published
  private final @Nullable CompletableFuture<@Nullable Payload> answer; // null: a transmit
  private final long deadline;
  private @Nullable String traceparent; // set before it is handed over
  private Runnable onSending = () -> {}; // set before it is handed over
  private ConnectionTimer.@Nullable Timeout expiry; // while it waits

  private OutboundEvent(
      String event,
      @Nullable String channel,
      @Nullable Payload data,
      @Nullable CompletableFuture<@Nullable Payload> answer,
      long deadline) {
    this.event = event;
    this.channel = channel;
    this.data = data;
    this.answer = answer;
    this.deadline = deadline;
  }

  /**
   * Returns an event; without an answer it is a transmit.
   *
   * @param deadline see {@code Outbound.deadline}
   */
  public static OutboundEvent event(
      String event,
      @Nullable Payload data,
      @Nullable CompletableFuture<@Nullable Payload> answer,
      long deadline) {
    return new OutboundEvent(event, null, data, answer, deadline);
  }

  /**
   * Returns a publish; without an answer it is a transmit.
   *
   * @param deadline see {@code Outbound.deadline}
   */
  public static OutboundEvent publish(
      String channel,
      @Nullable Payload data,
      @Nullable CompletableFuture<@Nullable Payload> answer,
      long deadline) {
    return new OutboundEvent(ReservedEvents.PUBLISH, channel, data, answer, deadline);
  }

  /** Sets the trace that this belongs to. */
  public OutboundEvent tracedBy(@Nullable String parent) {
    traceparent = parent;
    return this;
  }

  /** Runs a task on the event loop when this is about to be sent. */
  public OutboundEvent whenSent(Runnable task) {
    onSending = task;
    return this;
  }

  /** This is about to be sent. */
  public void sending() {
    onSending.run();
  }

  /** Returns the name of the event. */
  public String event() {
    return event;
  }

  /** Returns where the answer goes; null for a transmit. */
  public @Nullable CompletableFuture<@Nullable Payload> answer() {
    return answer;
  }

  /** Returns how many bytes count as long as this waits. */
  public int size() {
    int trace = traceparent == null ? 0 : traceparent.length();
    return OVERHEAD + event.length() + trace + (data == null ? 0 : data.size());
  }

  /** Returns how long this may wait yet, for its answer too. */
  public Duration remaining(TimeSource time) {
    return Duration.ofNanos(Math.max(1, deadline - time.nanoTime()));
  }

  /** This waits no longer than until a timeout. */
  public void expireWith(ConnectionTimer.Timeout timeout) {
    expiry = timeout;
  }

  /** This is sent or given up: there is no timeout any more. */
  public void waitsNoMore() {
    ConnectionTimer.Timeout timeout = expiry;
    expiry = null;
    if (timeout != null) {
      timeout.cancel();
    }
  }

  EventPacket transmit() {
    return channel == null ? EventPacket.transmit(event, data) : EventPacket.publish(channel, data);
  }

  EventPacket invoke(long cid) {
    return channel == null
        ? EventPacket.invoke(event, data, cid).withTraceparent(traceparent)
        : EventPacket.publish(channel, data, cid);
  }
}
