// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * The last frame of a socket's wire in a session. Its first byte is no byte of UTF-8, so no message
 * looks like it. Each carrier says good-bye in its own way.
 */
public final class CloseMark {
  private static final int FIRST = 0xFF;
  private static final int NO_STATUS = 1005;

  private CloseMark() {}

  /** Returns the frame, for {@code WireFormat.close}. */
  public static ByteBuf of(ByteBufAllocator allocator, int code, @Nullable String reason) {
    ByteBuf mark = allocator.buffer().writeByte(FIRST).writeShort(code);
    if (reason != null) {
      ByteBufUtil.writeUtf8(mark, reason);
    }
    return mark;
  }

  static boolean is(ByteBuf message) {
    return message.isReadable() && message.getUnsignedByte(message.readerIndex()) == FIRST;
  }

  static int codeOf(ByteBuf mark) {
    return mark.readableBytes() < 3 ? NO_STATUS : mark.getUnsignedShort(mark.readerIndex() + 1);
  }

  static String reasonOf(ByteBuf mark) {
    int length = Math.max(0, mark.readableBytes() - 3);
    return mark.toString(mark.readerIndex() + mark.readableBytes() - length, length, UTF_8);
  }
}
