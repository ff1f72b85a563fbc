// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.server.internal.transport.Frames;

/** A published message as the frame that every subscriber with the same codec receives. */
final class SharedFrame implements ChannelMessage.SharedEncoding {
  private final ByteBuf frame;

  private SharedFrame(ByteBuf frame) {
    this.frame = frame;
  }

  static SharedFrame of(ChannelMessage message, CodecEngine codec) {
    byte[] encoded = codec.encodePublish(message.channel(), message.data());
    return new SharedFrame(Frames.message(ByteBufAllocator.DEFAULT, encoded, codec.isBinary()));
  }

  /** Returns the frame with one more reference, which the caller releases. */
  ByteBuf retained() {
    return frame.retain();
  }

  @Override
  public void release() {
    frame.release();
  }
}
