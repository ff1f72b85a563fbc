// SPDX-License-Identifier: MIT
package io.socketcluster.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The content of compressed frames as a client makes and reads it (RFC 7692, 7.2). */
public final class Deflated {
  private static final int FINISH = -1;
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private Deflated() {}

  public static byte[] text(String message) {
    return bytes(message.getBytes(UTF_8));
  }

  public static byte[] bytes(byte[] message) {
    byte[] flushed = deflate(message, Deflater.SYNC_FLUSH);
    return Arrays.copyOf(flushed, flushed.length - TAIL.length);
  }

  /** Returns a message whose last block is marked as such, and the padding behind it. */
  public static byte[] withFinalBlock(String message) {
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

  /** Returns the message in the content of a compressed frame. */
  public static byte[] inflated(byte[] content) {
    Inflater inflater = new Inflater(true);
    try {
      byte[] complete = Arrays.copyOf(content, content.length + TAIL.length);
      System.arraycopy(TAIL, 0, complete, content.length, TAIL.length);
      inflater.setInput(complete);
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      byte[] part = new byte[8192];
      for (int length = inflater.inflate(part); length > 0; length = inflater.inflate(part)) {
        message.write(part, 0, length);
      }
      return message.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalStateException(e);
    } finally {
      inflater.end();
    }
  }
}
