// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.upgrade;

import io.netty.buffer.ByteBufAllocator;
import io.socketcluster.server.internal.wire.CompressedMessage;
import io.socketcluster.websocket.Deflation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A message that a WebSocket client has compressed (RFC 7692). Event loop only. */
final class DeflatedMessage implements CompressedMessage {
  private final byte[] compressed;
  private final boolean binary;
  private final Deflation deflation;
  private final int maxPayload;
  private final ByteBufAllocator allocator;
  private final Consumer<RuntimeException> failed;

  /**
   * @param failed is told when the message breaks a rule
   */
  DeflatedMessage(
      byte[] compressed,
      boolean binary,
      Deflation deflation,
      int maxPayload,
      ByteBufAllocator allocator,
      Consumer<RuntimeException> failed) {
    this.compressed = compressed;
    this.binary = binary;
    this.deflation = deflation;
    this.maxPayload = maxPayload;
    this.allocator = allocator;
    this.failed = failed;
  }

  @Override
  public int size() {
    return compressed.length;
  }

  @Override
  public boolean isBinary() {
    return binary;
  }

  @Override
  public byte @Nullable [] inflate() {
    try {
      return deflation.inflate(allocator, compressed, maxPayload);
    } catch (RuntimeException e) {
      failed.accept(e);
      return null;
    }
  }
}
