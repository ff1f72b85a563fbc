// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** Events that leave together: the first message has its number, which those behind it follow. */
final class EventBatch {
  private EventBatch() {}

  /** Joins messages; their references are taken over. */
  static ByteBuf of(long first, List<ByteBuf> messages) {
    return joined(first, messages, "");
  }

  /** Joins the last messages and the word that the connection ends. */
  static ByteBuf last(long first, List<ByteBuf> messages, int code, String reason) {
    return joined(first, messages, Event.of(Event.CLOSE, code + " " + oneLine(reason)));
  }

  private static String oneLine(String reason) {
    return reason.replace('\r', ' ').replace('\n', ' ');
  }

  private static ByteBuf joined(long first, List<ByteBuf> messages, String end) {
    byte[] head = (messages.isEmpty() ? "" : "id: " + first + "\n").getBytes(UTF_8);
    byte[] tail = end.getBytes(UTF_8);
    int length = head.length + tail.length;
    for (ByteBuf message : messages) {
      length += message.readableBytes();
    }
    ByteBuf all = Unpooled.directBuffer(length).writeBytes(head);
    for (ByteBuf message : messages) {
      all.writeBytes(message, message.readerIndex(), message.readableBytes());
      message.release();
    }
    return all.writeBytes(tail);
  }
}
