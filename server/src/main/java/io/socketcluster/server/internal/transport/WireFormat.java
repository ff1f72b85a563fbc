// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * What the messages of some connections look like on the wire. Connections with the same format can
 * share a frame; formats are compared by identity. Thread-safe.
 */
public final class WireFormat {
  private final boolean binary;

  public WireFormat(boolean binary) {
    this.binary = binary;
  }

  /** Returns the frame of an encoded message, for any connection of this format. */
  public ByteBuf frame(ByteBufAllocator allocator, byte[] message) {
    return Frames.message(allocator, message, binary);
  }
}
