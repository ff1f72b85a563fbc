// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.zip.Deflater;

/** The content of compressed frames as another implementation makes it (RFC 7692, 7.2). */
final class Deflated {
  private static final int FINISH = -1;
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private Deflated() {}

  static byte[] text(String message) {
    return bytes(message.getBytes(UTF_8));
  }

  static byte[] bytes(byte[] message) {
    byte[] flushed = deflate(message, Deflater.SYNC_FLUSH);
    return Arrays.copyOf(flushed, flushed.length - TAIL.length);
  }

  /** Returns a message whose last block is marked as such, and the padding behind it. */
  static byte[] withFinalBlock(String message) {
    byte[] finished = deflate(message.getBytes(UTF_8), FINISH);
    return Arrays.copyOf(finished, finished.length + 1);
  }

  private static byte[] deflate(byte[] message, int flush) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(message);
      if (flush == FINISH) {
        deflater.finish();
      }
      byte[] room = new byte[message.length + 1024];
      int length = deflater.deflate(room, 0, room.length, Math.max(flush, Deflater.NO_FLUSH));
      return Arrays.copyOf(room, length);
    } finally {
      deflater.end();
    }
  }
}
