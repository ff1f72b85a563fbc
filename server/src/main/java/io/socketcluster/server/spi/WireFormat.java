// SPDX-License-Identifier: MIT
package io.socketcluster.server.spi;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The form that messages have on some wires. Wires with the same format can share a frame; formats
 * are compared by identity. Thread-safe.
 */
public interface WireFormat {
  /** Returns the frame of an encoded message, for any wire of this format. */
  ByteBuf frame(ByteBufAllocator allocator, byte[] message);

  /** Returns the frame of a message of the application, which no codec has encoded. */
  ByteBuf frame(ByteBufAllocator allocator, byte[] message, boolean binary);

  /** Returns the frame of an empty message: the ping of protocol version 2. */
  ByteBuf ping();

  /**
   * Returns the last frame of a wire, which may be empty.
   *
   * @param code 1005: none
   */
  ByteBuf close(ByteBufAllocator allocator, int code, @Nullable String reason);

  /** Returns the format of the same messages without compression, or null if this is it. */
  default @Nullable WireFormat plain() {
    return null;
  }

  /** Returns the compressed frame of a message, or null when it is sent as it is. */
  default @Nullable ByteBuf compressedFrame(ByteBufAllocator allocator, byte[] message) {
    return null;
  }
}
