// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal.payload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * The forms in which a poll is answered. Each packet has its length before it, in bytes of UTF-8:
 * clients of Engine.IO 1 put UTF-8 into UTF-8 once more where the payload is text.
 */
public enum PayloadForm {
  /** Lengths as digits between 0 and 255; for browsers with XMLHttpRequest 2. */
  BINARY("application/octet-stream"),

  /** {@code LENGTH:PACKET}, for all others: they ask for it by {@code b64=1}. */
  TEXT("text/plain; charset=UTF-8"),

  /** The same in a call of a script. */
  SCRIPT("text/javascript; charset=UTF-8");

  private static final int END_OF_LENGTH = 0xFF;

  private final String contentType;

  PayloadForm(String contentType) {
    this.contentType = contentType;
  }

  public String contentType() {
    return contentType;
  }

  /**
   * Returns a payload.
   *
   * @param index of the function of the page, for a script
   */
  public byte[] encode(List<ByteBuf> packets, String index) {
    ByteArrayOutputStream units = new ByteArrayOutputStream();
    for (ByteBuf packet : packets) {
      byte[] bytes = new byte[packet.readableBytes()];
      packet.getBytes(packet.readerIndex(), bytes);
      writeLength(units, bytes.length);
      units.writeBytes(bytes);
    }
    byte[] payload = units.toByteArray();
    return switch (this) {
      case BINARY -> payload;
      case TEXT -> new String(payload, ISO_8859_1).getBytes(UTF_8);
      case SCRIPT -> script(payload, index);
    };
  }

  private void writeLength(ByteArrayOutputStream units, int length) {
    byte[] digits = Integer.toString(length).getBytes(ISO_8859_1);
    if (this == BINARY) {
      units.write(0);
      for (byte digit : digits) {
        units.write(digit - '0');
      }
      units.write(END_OF_LENGTH);
    } else {
      units.writeBytes(digits);
      units.write(':');
    }
  }

  /** Escapes whatever could end the string or the script. */
  private static byte[] script(byte[] payload, String index) {
    StringBuilder script = new StringBuilder(payload.length + 32);
    script.append("___eio[").append(index).append("](\"");
    for (byte unit : payload) {
      int code = unit & 0xFF;
      if (code < 0x20 || code >= 0x7F || code == '"' || code == '\\' || code == '<') {
        script.append("\\u00").append(hex(code >> 4)).append(hex(code & 0xF));
      } else {
        script.append((char) code);
      }
    }
    return script.append("\");").toString().getBytes(UTF_8);
  }

  private static char hex(int digit) {
    return Character.forDigit(digit, 16);
  }
}
