// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.internal.wire.WaitingRule;
import io.socketcluster.server.spi.WireFormat;
import org.jspecify.annotations.Nullable;

/** A published message as the frame that every subscriber with the same format receives. */
public final class SharedFrame implements ChannelMessage.SharedEncoding {
  private final byte[] message;
  private final ByteBuf frame;
  private final @Nullable Envelope envelope;
  private final WaitingRule rule;

  /** Wraps the data of a message that has a position in a history. */
  @FunctionalInterface
  public interface Envelope {
    /** Returns the data of a subscriber's own with the position of the message. */
    Payload around(@Nullable Payload data);
  }

  private SharedFrame(
      byte[] message, ByteBuf frame, @Nullable Envelope envelope, WaitingRule rule) {
    this.rule = rule;
    this.message = message;
    this.frame = frame;
    this.envelope = envelope;
  }

  /**
   * Returns the frame of a message.
   *
   * @param rule what becomes of it when it waits for a slow client
   */
  public static SharedFrame of(
      ChannelMessage message, CodecEngine codec, WireFormat format, WaitingRule rule) {
    return of(message, codec, format, null, rule);
  }

  /**
   * Returns the frame of a message with a position, which is not dropped.
   *
   * @param envelope what is around the data in the message
   */
  public static SharedFrame of(
      ChannelMessage message, CodecEngine codec, WireFormat format, Envelope envelope) {
    return of(message, codec, format, envelope, WaitingRule.KEPT);
  }

  /**
   * Returns the frame of a message.
   *
   * @param envelope what is around the data in the message, or null
   * @param rule what becomes of it when it waits for a slow client
   */
  public static SharedFrame of(
      ChannelMessage message,
      CodecEngine codec,
      WireFormat format,
      @Nullable Envelope envelope,
      WaitingRule rule) {
    WireFormat plain = format.plain();
    if (plain != null) {
      return compressed(message, codec, format, plain, envelope, rule);
    }
    byte[] encoded = codec.encodePublish(message.channel(), message.data());
    return new SharedFrame(
        encoded, format.frame(ByteBufAllocator.DEFAULT, encoded), envelope, rule);
  }

  /** A message that is not compressed shares the frame of those who never compress. */
  private static SharedFrame compressed(
      ChannelMessage message,
      CodecEngine codec,
      WireFormat format,
      WireFormat plain,
      @Nullable Envelope envelope,
      WaitingRule rule) {
    SharedFrame asItIs =
        message.encoding(plain, SharedFrame.class, each -> of(each, codec, plain, envelope, rule));
    ByteBuf smaller = format.compressedFrame(ByteBufAllocator.DEFAULT, asItIs.message);
    return smaller == null
        ? asItIs.retained()
        : new SharedFrame(asItIs.message, smaller, envelope, rule);
  }

  /** Returns the encoded message, for batches; it must not be changed. */
  public byte[] message() {
    return message;
  }

  /** Returns what becomes of it when it waits for a slow client. */
  public WaitingRule rule() {
    return rule;
  }

  /** Returns other data in the envelope of this message, or that data if it has none. */
  public @Nullable Payload enveloped(@Nullable Payload data) {
    return envelope == null ? data : envelope.around(data);
  }

  /** Returns the frame, without a reference of its own. */
  public ByteBuf frame() {
    return frame;
  }

  /** Returns this with one more reference, which the caller releases. */
  public SharedFrame retained() {
    frame.retain();
    return this;
  }

  @Override
  public void release() {
    frame.release();
  }
}
