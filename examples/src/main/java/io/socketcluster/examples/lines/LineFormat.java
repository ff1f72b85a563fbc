// SPDX-License-Identifier: MIT
package io.socketcluster.examples.lines;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.socketcluster.server.spi.WireFormat;
import org.jspecify.annotations.Nullable;

/** A message is a line. Thread-safe. */
final class LineFormat implements WireFormat {
  @Override
  public ByteBuf frame(ByteBufAllocator allocator, byte[] message) {
    return allocator.directBuffer(message.length + 1).writeBytes(message).writeByte('\n');
  }

  @Override
  public ByteBuf frame(ByteBufAllocator allocator, byte[] message, boolean binary) {
    return frame(allocator, message);
  }

  /** Nobody who types answers pings. */
  @Override
  public ByteBuf ping() {
    return Unpooled.EMPTY_BUFFER;
  }

  @Override
  public ByteBuf close(ByteBufAllocator allocator, int code, @Nullable String reason) {
    String line = reason == null || reason.isEmpty() ? "bye " + code : "bye " + code + " " + reason;
    return frame(allocator, line.replaceAll("[\\r\\n]", " ").getBytes(UTF_8));
  }
}
