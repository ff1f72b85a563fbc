// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named event, {@code {"event":..,"data":..,"cid":..}} of {@code socketcluster-protocol.md}: a
 * transmit, or an invoke when it has a call id. Immutable; what is asked for is decoded then, once.
 */
public final class EventPacket implements Packet {
  static final int LONGEST_TRACEPARENT = 128;

  private final String event;
  private final @Nullable Payload data;
  private final long cid;
  private final @Nullable String traceparent;
  private @Nullable ChannelMembers members; // immutable value: a race only computes it twice
  private @Nullable String channel; // likewise
  private @Nullable Payload channelData; // likewise

  EventPacket(
      String event,
      @Nullable Payload data,
      long cid,
      @Nullable ChannelMembers members,
      @Nullable String traceparent) {
    this.event = event;
    this.data = data;
    this.cid = cid;
    this.members = members;
    this.traceparent = traceparent;
  }

  /**
   * An event that expects no answer.
   *
   * @param data what it carries; null leaves the key out
   */
  public static EventPacket transmit(String event, @Nullable Payload data) {
    return new EventPacket(
        Objects.requireNonNull(event, "event"), data, JsonNumbers.NONE, null, null);
  }

  /**
   * An event that expects an answer.
   *
   * @param data what it carries; null leaves the key out
   * @param cid the call id, unique among the calls of this end of the connection; within plus or
   *     minus 2^53, or the other end does not read it as it was
   */
  public static EventPacket invoke(String event, @Nullable Payload data, long cid) {
    return new EventPacket(Objects.requireNonNull(event, "event"), data, cid, null, null);
  }

  /**
   * A {@code #publish} that expects no answer. Its {@link #data()} is made of the two when somebody
   * asks.
   *
   * @param channelData what is published; null leaves the key out
   */
  public static EventPacket publish(String channel, @Nullable Payload channelData) {
    return publish(channel, channelData, JsonNumbers.NONE);
  }

  /**
   * A {@code #publish} that expects an answer.
   *
   * @param channelData what is published; null leaves the key out
   * @param cid the call id, as {@link #invoke} has it
   */
  public static EventPacket publish(String channel, @Nullable Payload channelData, long cid) {
    Payload data = Payload.ofEncoded(new PublishData(channel, channelData));
    EventPacket packet = new EventPacket(ReservedEvents.PUBLISH, data, cid, null, null);
    packet.channel = Objects.requireNonNull(channel, "channel");
    packet.channelData = channelData;
    return packet;
  }

  /** The name of the event; one of {@link ReservedEvents} is that very constant when received. */
  public String event() {
    return event;
  }

  /** Whether an answer is expected. */
  public boolean isInvoke() {
    return cid != JsonNumbers.NONE;
  }

  /**
   * The id that the answer must carry as its {@code rid}.
   *
   * @throws IllegalStateException if this is a transmit
   */
  public long cid() {
    if (cid == JsonNumbers.NONE) {
      throw new IllegalStateException("A transmit has no cid");
    }
    return cid;
  }

  /**
   * Returns this packet with the trace that it belongs to. JSON carries it as the member {@code
   * traceparent}; other codecs leave it out. Ends that know nothing of it ignore it.
   *
   * @param traceparent a header of W3C Trace Context, or null for none
   */
  public EventPacket withTraceparent(@Nullable String traceparent) {
    if (Objects.equals(traceparent, this.traceparent)) {
      return this;
    }
    EventPacket packet = new EventPacket(event, data, cid, members, traceparent);
    packet.channel = channel;
    packet.channelData = channelData;
    return packet;
  }

  /**
   * Returns the {@code traceparent} of the packet as it came, at most 128 characters, or null if it
   * has none. It is not checked.
   */
  public @Nullable String traceparent() {
    return traceparent;
  }

  /** Returns the data of the event, or null if it has no {@code data}. */
  public @Nullable Payload data() {
    return data;
  }

  /** The string member {@code channel} of the data, if the data is an object that has one. */
  public @Nullable String channel() {
    String known = channel;
    if (known == null && data != null) {
      known = members(data).channel(data.json());
      channel = known;
    }
    return known;
  }

  /** The member {@code data} of the data, if the data is an object that has one. */
  public @Nullable Payload channelData() {
    Payload known = channelData;
    if (known == null && data != null) {
      known = members(data).data(data.json());
      channelData = known;
    }
    return known;
  }

  private ChannelMembers members(Payload source) {
    ChannelMembers known = members;
    if (known == null) {
      known = EnvelopeScanner.channelMembers(source);
      members = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return "EventPacket[event=" + event + (isInvoke() ? ", cid=" + cid + "]" : "]");
  }
}
