// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.server.spi.WireFormat;

/** A published message as the frame that every subscriber with the same format receives. */
public final class SharedFrame implements ChannelMessage.SharedEncoding {
  private final byte[] message;
  private final ByteBuf frame;

  private SharedFrame(byte[] message, ByteBuf frame) {
    this.message = message;
    this.frame = frame;
  }

  public static SharedFrame of(ChannelMessage message, CodecEngine codec, WireFormat format) {
    WireFormat plain = format.plain();
    if (plain != null) {
      return compressed(message, codec, format, plain);
    }
    byte[] encoded = codec.encodePublish(message.channel(), message.data());
    return new SharedFrame(encoded, format.frame(ByteBufAllocator.DEFAULT, encoded));
  }

  /** A message that is not compressed shares the frame of those who never compress. */
  private static SharedFrame compressed(
      ChannelMessage message, CodecEngine codec, WireFormat format, WireFormat plain) {
    SharedFrame asItIs = message.encoding(plain, SharedFrame.class, each -> of(each, codec, plain));
    ByteBuf smaller = format.compressedFrame(ByteBufAllocator.DEFAULT, asItIs.message);
    return smaller == null ? asItIs.retained() : new SharedFrame(asItIs.message, smaller);
  }

  /** Returns the encoded message, for batches; it must not be changed. */
  public byte[] message() {
    return message;
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
