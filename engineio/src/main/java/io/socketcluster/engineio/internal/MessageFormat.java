// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.socketcluster.http.sessions.CloseMark;
import io.socketcluster.server.spi.WireFormat;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a session before a carrier frames them: packets of Engine.IO, or the JSON alone.
 * Thread-safe.
 */
enum MessageFormat implements WireFormat {
  /** A packet of Engine.IO: {@code 4} and the JSON. */
  PACKET,

  /** The JSON alone. */
  JSON;

  /** Returns how many bytes stand before the JSON. */
  int prefix() {
    return this == PACKET ? 1 : 0;
  }

  @Override
  public ByteBuf frame(ByteBufAllocator allocator, byte[] message) {
    ByteBuf frame = allocator.directBuffer(prefix() + message.length);
    if (this == PACKET) {
      frame.writeByte(EnginePacket.MESSAGE);
    }
    return frame.writeBytes(message);
  }

  @Override
  public ByteBuf frame(ByteBufAllocator allocator, byte[] message, boolean binary) {
    if (!binary) {
      return frame(allocator, message);
    }
    byte[] base64 = Base64.getEncoder().encode(message);
    ByteBuf frame = allocator.directBuffer(2 + base64.length);
    return frame.writeByte('b').writeByte(EnginePacket.MESSAGE).writeBytes(base64);
  }

  /** The transport pings. */
  @Override
  public ByteBuf ping() {
    return Unpooled.EMPTY_BUFFER;
  }

  @Override
  public ByteBuf close(ByteBufAllocator allocator, int code, @Nullable String reason) {
    return CloseMark.of(allocator, code, reason);
  }
}
