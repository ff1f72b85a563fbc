// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.carry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.socketcluster.protocol.Payload;
import java.util.List;

/** Writes packets in the forms of the transports. */
final class Packets {
  private Packets() {}

  /** Returns the packet of some messages, which stay the caller's. */
  static byte[] join(List<ByteBuf> messages) {
    int length = 0;
    for (ByteBuf message : messages) {
      length += message.readableBytes();
    }
    byte[] packet = new byte[length];
    int at = 0;
    for (ByteBuf message : messages) {
      int readable = message.readableBytes();
      message.getBytes(message.readerIndex(), packet, at, readable);
      at += readable;
    }
    return packet;
  }

  /** Returns a packet as a literal of JavaScript that neither ends a line nor an element. */
  static String literal(byte[] packet) {
    return Payload.of(new String(packet, UTF_8))
        .toString()
        .replace("</", "<\\/")
        .replace("<!", "<\\u0021")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
