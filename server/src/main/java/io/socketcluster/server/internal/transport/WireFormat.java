// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.socketcluster.websocket.Deflation;
import io.socketcluster.websocket.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * What the messages of some connections look like on the wire. Connections with the same format can
 * share a frame; formats are compared by identity. Thread-safe.
 */
public final class WireFormat {
  private final boolean binary;
  private final @Nullable WireFormat plain;
  private final @Nullable Deflation deflation;

  public WireFormat(boolean binary) {
    this(binary, null, null);
  }

  private WireFormat(boolean binary, @Nullable WireFormat plain, @Nullable Deflation deflation) {
    this.binary = binary;
    this.plain = plain;
    this.deflation = deflation;
  }

  /** Returns a format of the same messages in which large ones are compressed. */
  public WireFormat compressedBy(Deflation compressor) {
    return new WireFormat(binary, this, compressor);
  }

  /** Returns the format of the same messages that are never compressed, or null if this is it. */
  public @Nullable WireFormat plain() {
    return plain;
  }

  /** Returns the frame of an encoded message, for any connection of this format. */
  public ByteBuf frame(ByteBufAllocator allocator, byte[] message) {
    return frame(allocator, message, binary);
  }

  /** Returns the compressed frame of a message, or null when it is sent as it is. */
  public @Nullable ByteBuf compressedFrame(ByteBufAllocator allocator, byte[] message) {
    Deflation compressor = deflation;
    return compressor == null
        ? null
        : compressor.frame(FrameWriter.SERVER, allocator, message, binary);
  }

  ByteBuf frame(ByteBufAllocator allocator, byte[] message, boolean asBinary) {
    return FrameWriter.SERVER.message(allocator, message, asBinary, deflation);
  }

  /** Returns what inflates what such connections send, or null when they do not compress. */
  @Nullable Deflation deflation() {
    return deflation;
  }
}
