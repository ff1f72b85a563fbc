// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.socketcluster.http.sessions.CloseMark;
import io.socketcluster.server.spi.WireFormat;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The messages of a session before a carrier takes them: framed, or nothing. Thread-safe. */
public final class MessageFormat implements WireFormat {
  @Override
  public ByteBuf frame(ByteBufAllocator allocator, byte[] message) {
    return message.length == 0
        ? Unpooled.EMPTY_BUFFER // what these clients do not understand
        : Unpooled.wrappedBuffer(message); // its carrier copies it into an answer or a frame
  }

  @Override
  public ByteBuf frame(ByteBufAllocator allocator, byte[] message, boolean binary) {
    byte[] text = binary ? Base64.getEncoder().encode(message) : message;
    return frame(allocator, Framing.write(text));
  }

  /** The transport has heartbeats of its own. */
  @Override
  public ByteBuf ping() {
    return Unpooled.EMPTY_BUFFER;
  }

  @Override
  public ByteBuf close(ByteBufAllocator allocator, int code, @Nullable String reason) {
    return CloseMark.of(allocator, code, reason);
  }
}
