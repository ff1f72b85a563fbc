// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.hixie;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads frames: 0x00, UTF-8, 0xFF. Two bytes, 0xFF and 0x00, close. Event loop only. */
final class HixieFrames {
  /** The last bytes that came. */
  enum Found {
    /** More has to come. */
    NOTHING,

    /** The client closes. */
    CLOSE,

    /** Bytes that are no frame, or too many of them. */
    VIOLATION
  }

  private static final int BEGIN = 0x00;
  private static final int END = 0xFF;

  private final int maxPayload;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream(64);
  private boolean isInFrame;
  private boolean isClosing; // the first of the two bytes has come
  private List<byte[]> messages = new ArrayList<>(1);

  HixieFrames(int maxPayload) {
    this.maxPayload = maxPayload;
  }

  /** Reads bytes; what comes behind the end is ignored. */
  Found read(ByteBuf bytes) {
    while (bytes.isReadable()) {
      Found found = isInFrame ? readText(bytes) : readType(bytes.readUnsignedByte());
      if (found != Found.NOTHING) {
        return found;
      }
    }
    return Found.NOTHING;
  }

  private Found readType(int type) {
    if (isClosing) {
      return type == BEGIN ? Found.CLOSE : Found.VIOLATION;
    }
    isInFrame = type == BEGIN;
    isClosing = type == END;
    return isInFrame || isClosing ? Found.NOTHING : Found.VIOLATION;
  }

  private Found readText(ByteBuf bytes) {
    int length = bytes.bytesBefore((byte) END);
    int taken = length < 0 ? bytes.readableBytes() : length;
    if (text.size() + taken > maxPayload) {
      return Found.VIOLATION;
    }
    byte[] part = new byte[taken];
    bytes.readBytes(part);
    text.writeBytes(part);
    if (length < 0) {
      return Found.NOTHING;
    }
    bytes.skipBytes(1);
    isInFrame = false;
    byte[] message = text.toByteArray();
    text.reset();
    if (!isText(message)) {
      return Found.VIOLATION;
    }
    messages.add(message);
    return Found.NOTHING;
  }

  private static boolean isText(byte[] message) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Returns the messages that have come since the last call. */
  List<byte[]> take() {
    List<byte[]> came = messages;
    if (!came.isEmpty()) {
      messages = new ArrayList<>(1);
    }
    return came;
  }
}
