// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.attack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Frames as a client sends them, one behind the other. The mask is zero. Not thread-safe. */
final class ClientFrames {
  private static final int FINAL = 0x80;
  private static final int COMPRESSED = 0x40;
  private static final int TEXT = 1;
  private static final int PING = 9;
  private static final int MASKED = 0x80;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int LONGEST_16 = 0xFFFF;
  private static final byte[] MASK = new byte[4];

  /** What ends a flush, and is left out on the wire (RFC 7692, 7.2.1). */
  private static final int FLUSH_TAIL = 4;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  ClientFrames text(String message) {
    return frame(FINAL | TEXT, message.getBytes(StandardCharsets.UTF_8));
  }

  ClientFrames compressed(String message) {
    return frame(FINAL | COMPRESSED | TEXT, deflated(message.getBytes(StandardCharsets.UTF_8)));
  }

  ClientFrames ping() {
    return frame(FINAL | PING, new byte[0]);
  }

  ClientFrames append(byte[] frames) {
    bytes.writeBytes(frames);
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  private ClientFrames frame(int head, byte[] payload) {
    bytes.write(head);
    if (payload.length < LENGTH_16) {
      bytes.write(MASKED | payload.length);
    } else if (payload.length <= LONGEST_16) {
      bytes.write(MASKED | LENGTH_16);
      bytes.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) payload.length).array());
    } else {
      bytes.write(MASKED | LENGTH_64);
      bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(payload.length).array());
    }
    bytes.writeBytes(MASK);
    bytes.writeBytes(payload);
    return this;
  }

  private static byte[] deflated(byte[] message) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(message);
      byte[] room = new byte[message.length + LENGTH_64];
      int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
      return Arrays.copyOf(room, length - FLUSH_TAIL);
    } finally {
      deflater.end();
    }
  }
}
