// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.socketcluster.server.spi.WireFormat;
import io.socketcluster.websocket.Deflation;
import io.socketcluster.websocket.FrameWriter;
import org.jspecify.annotations.Nullable;

/** The frames of a WebSocket server, in which large messages may be compressed. Thread-safe. */
public final class WebSocketFormat implements WireFormat {
  private final boolean binary;
  private final @Nullable WebSocketFormat plain;
  private final @Nullable Deflation deflation;

  public WebSocketFormat(boolean binary) {
    this(binary, null, null);
  }

  private WebSocketFormat(
      boolean binary, @Nullable WebSocketFormat plain, @Nullable Deflation deflation) {
    this.binary = binary;
    this.plain = plain;
    this.deflation = deflation;
  }

  /** Returns a format of the same messages in which large ones are compressed. */
  public WebSocketFormat compressedBy(Deflation compressor) {
    return new WebSocketFormat(binary, this, compressor);
  }

  @Override
  public @Nullable WireFormat plain() {
    return plain;
  }

  @Override
  public ByteBuf frame(ByteBufAllocator allocator, byte[] message) {
    return frame(allocator, message, binary);
  }

  @Override
  public ByteBuf frame(ByteBufAllocator allocator, byte[] message, boolean asBinary) {
    return FrameWriter.SERVER.message(allocator, message, asBinary, deflation);
  }

  @Override
  public @Nullable ByteBuf compressedFrame(ByteBufAllocator allocator, byte[] message) {
    Deflation compressor = deflation;
    return compressor == null
        ? null
        : compressor.frame(FrameWriter.SERVER, allocator, message, binary);
  }

  @Override
  public ByteBuf ping() {
    return FrameWriter.emptyText();
  }

  @Override
  public ByteBuf close(ByteBufAllocator allocator, int code, @Nullable String reason) {
    return FrameWriter.SERVER.close(allocator, code, reason);
  }

  /** Returns what inflates what such connections send, or null when they do not compress. */
  public @Nullable Deflation deflation() {
    return deflation;
  }
}
