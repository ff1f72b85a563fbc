// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBufAllocator;
import io.socketcluster.websocket.Deflation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A message as it came: some bytes that can become a thousand times as many. Its receiver inflates
 * it when there is time and room. Event loop only.
 */
public final class CompressedMessage {
  private final byte[] compressed;
  private final boolean binary;
  private final Deflation deflation;
  private final int maxPayload;
  private final ByteBufAllocator allocator;
  private final Consumer<RuntimeException> failed;

  /**
   * @param failed is told when the message breaks a rule
   */
  CompressedMessage(
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

  /** Returns how many bytes came. */
  public int size() {
    return compressed.length;
  }

  /** Returns whether the message is binary. */
  public boolean isBinary() {
    return binary;
  }

  /** Returns the message, or null when it breaks a rule: then the connection closes. */
  public byte @Nullable [] inflate() {
    try {
      return deflation.inflate(allocator, compressed, maxPayload);
    } catch (RuntimeException e) {
      failed.accept(e);
      return null;
    }
  }
}
