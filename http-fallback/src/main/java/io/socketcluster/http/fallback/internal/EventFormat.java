// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.socketcluster.http.sessions.CloseMark;
import io.socketcluster.server.spi.WireFormat;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A message as a server-sent event, which all sessions that it is for share. Thread-safe. */
enum EventFormat implements WireFormat {
  /** For codecs whose messages are text. */
  TEXT,

  /** For codecs whose messages are binary. */
  BINARY;

  private static final byte[] DATA = ascii("data: ");
  private static final byte[] NEXT_LINE = ascii("\ndata: ");
  private static final byte[] END = ascii("\n\n");
  private static final byte[] TEXT_IN_BASE64 = ascii("event: text\ndata: ");
  private static final byte[] BINARY_IN_BASE64 = ascii("event: binary\ndata: ");
  private static final ByteBuf PING =
      Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(DATA, END));

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  @Override
  public ByteBuf frame(ByteBufAllocator allocator, byte[] message) {
    return frame(allocator, message, this == BINARY);
  }

  @Override
  public ByteBuf frame(ByteBufAllocator allocator, byte[] message, boolean binary) {
    if (binary) {
      return base64(allocator, BINARY_IN_BASE64, message);
    }
    int feeds = 0;
    for (byte each : message) {
      if (each == '\r') {
        return base64(allocator, TEXT_IN_BASE64, message);
      }
      if (each == '\n') {
        feeds++;
      }
    }
    int length = DATA.length + message.length + END.length + feeds * (NEXT_LINE.length - 1);
    ByteBuf frame = allocator.directBuffer(length).writeBytes(DATA);
    return (feeds == 0 ? frame.writeBytes(message) : lines(frame, message)).writeBytes(END);
  }

  private static ByteBuf lines(ByteBuf frame, byte[] message) {
    int start = 0;
    for (int at = 0; at < message.length; at++) {
      if (message[at] == '\n') {
        frame.writeBytes(message, start, at - start).writeBytes(NEXT_LINE);
        start = at + 1;
      }
    }
    return frame.writeBytes(message, start, message.length - start);
  }

  private static ByteBuf base64(ByteBufAllocator allocator, byte[] head, byte[] message) {
    byte[] text = Base64.getEncoder().encode(message);
    return allocator
        .directBuffer(head.length + text.length + END.length)
        .writeBytes(head)
        .writeBytes(text)
        .writeBytes(END);
  }

  @Override
  public ByteBuf ping() {
    return PING.duplicate();
  }

  @Override
  public ByteBuf close(ByteBufAllocator allocator, int code, @Nullable String reason) {
    return CloseMark.of(allocator, code, reason);
  }
}
