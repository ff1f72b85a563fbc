// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * The first message of a session. The codec writes the outcome of the handshake as a byte that no
 * text has; the session puts its id in the place of that.
 */
public enum Greeting {
  /** The handshake is complete. */
  WELCOME(0xFE),

  /** A middleware has refused the client. */
  REFUSAL(0xFD);

  private final int mark;

  Greeting(int mark) {
    this.mark = mark;
  }

  byte[] toBytes() {
    return new byte[] {(byte) mark};
  }

  /** Returns whether the first of some messages is this. */
  public boolean begins(List<ByteBuf> messages) {
    if (messages.isEmpty()) {
      return false;
    }
    ByteBuf first = messages.getFirst();
    return first.isReadable() && first.getUnsignedByte(first.readerIndex()) == mark;
  }

  /** Returns the message that tells a client its session id. */
  public static ByteBuf idMessage(String id) {
    return Unpooled.wrappedBuffer(Framing.write(id.getBytes(UTF_8)));
  }
}
