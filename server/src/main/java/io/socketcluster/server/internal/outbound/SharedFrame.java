// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.spi.WireFormat;
import org.jspecify.annotations.Nullable;

/** A published message as the frame that every subscriber with the same format receives. */
public final class SharedFrame implements ChannelMessage.SharedEncoding {
  private final byte[] message;
  private final ByteBuf frame;
  private final @Nullable Envelope envelope;

  /** Wraps the data of a message that has a position in a history. */
  @FunctionalInterface
  public interface Envelope {
    /** Returns the data of a subscriber's own with the position of the message. */
    Payload around(@Nullable Payload data);
  }

  private SharedFrame(byte[] message, ByteBuf frame, @Nullable Envelope envelope) {
    this.message = message;
    this.frame = frame;
    this.envelope = envelope;
  }

  public static SharedFrame of(ChannelMessage message, CodecEngine codec, WireFormat format) {
    return of(message, codec, format, null);
  }

  /**
   * Returns the frame of a message.
   *
   * @param envelope what is around the data in the message, if it has a position
   */
  public static SharedFrame of(
      ChannelMessage message, CodecEngine codec, WireFormat format, @Nullable Envelope envelope) {
    WireFormat plain = format.plain();
    if (plain != null) {
      return compressed(message, codec, format, plain, envelope);
    }
    byte[] encoded = codec.encodePublish(message.channel(), message.data());
    return new SharedFrame(encoded, format.frame(ByteBufAllocator.DEFAULT, encoded), envelope);
  }

  /** A message that is not compressed shares the frame of those who never compress. */
  private static SharedFrame compressed(
      ChannelMessage message,
      CodecEngine codec,
      WireFormat format,
      WireFormat plain,
      @Nullable Envelope envelope) {
    SharedFrame asItIs =
        message.encoding(plain, SharedFrame.class, each -> of(each, codec, plain, envelope));
    ByteBuf smaller = format.compressedFrame(ByteBufAllocator.DEFAULT, asItIs.message);
    return smaller == null ? asItIs.retained() : new SharedFrame(asItIs.message, smaller, envelope);
  }

  /** Returns the encoded message, for batches; it must not be changed. */
  public byte[] message() {
    return message;
  }

  /** Returns whether the slow consumer policy may drop it: a message with a position it may not. */
  public boolean isDroppable() {
    return envelope == null;
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
