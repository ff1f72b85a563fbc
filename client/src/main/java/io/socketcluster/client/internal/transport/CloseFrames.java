// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import org.jspecify.annotations.Nullable;

/** Close frames (RFC 6455, 5.5.1). */
final class CloseFrames {
  private static final int MAX_REASON_BYTES = 123;
  private static final int NO_RESERVED_BITS = 0;

  private CloseFrames() {}

  /** Returns a close frame; a reason that is too long is cut off between two characters. */
  static CloseWebSocketFrame of(int code, @Nullable String reason) {
    ByteBuf content = Unpooled.buffer(2 + MAX_REASON_BYTES).writeShort(code);
    String text = reason == null ? "" : reason;
    int end = 0;
    int size = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      int length = ByteBufUtil.utf8Bytes(text.substring(end, next));
      if (size + length > MAX_REASON_BYTES) {
        break;
      }
      size += length;
      end = next;
    }
    ByteBufUtil.writeUtf8(content, text.substring(0, end));
    return new CloseWebSocketFrame(true, NO_RESERVED_BITS, content);
  }
}
