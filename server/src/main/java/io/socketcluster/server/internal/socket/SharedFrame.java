// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.server.internal.transport.WireFormat;

/** A published message as the frame that every subscriber with the same format receives. */
final class SharedFrame implements ChannelMessage.SharedEncoding {
  private final ByteBuf frame;

  private SharedFrame(ByteBuf frame) {
    this.frame = frame;
  }

  static SharedFrame of(ChannelMessage message, WireFormat format) {
    byte[] encoded = format.codec().encodePublish(message.channel(), message.data());
    return new SharedFrame(format.frame(ByteBufAllocator.DEFAULT, encoded));
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
