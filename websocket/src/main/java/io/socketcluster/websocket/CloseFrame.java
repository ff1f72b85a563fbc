// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The content of a close frame (RFC 6455, 5.5.1). Immutable.
 *
 * @param code 1005 when the frame has none
 * @param reason empty when the frame has none
 */
record CloseFrame(int code, String reason) {
  static final int NO_STATUS = 1005;
  private static final int CODE_BYTES = 2;
  private static final int MAX_REASON_BYTES = 123;

  /**
   * Returns what a peer has sent.
   *
   * @throws ProtocolViolation when the code must not be sent, or the reason is not UTF-8
   */
  static CloseFrame read(byte[] body) {
    if (body.length == 0) {
      return new CloseFrame(NO_STATUS, "");
    }
    int code = body.length < CODE_BYTES ? 0 : ByteBuffer.wrap(body).getShort() & 0xFFFF;
    if (!mayBeSent(code)) {
      throw ProtocolViolation.ofFrame("A close frame with the code " + code);
    }
    return new CloseFrame(
        code, reasonIn(ByteBuffer.wrap(body, CODE_BYTES, body.length - CODE_BYTES)));
  }

  /** The codes of RFC 6455 and its registry, of libraries, and of applications. */
  private static boolean mayBeSent(int code) {
    return isBetween(code, 1000, 1003)
        || isBetween(code, 1007, 1014)
        || isBetween(code, 3000, 4999);
  }

  private static boolean isBetween(int code, int first, int last) {
    return code >= first && code <= last;
  }

  private static String reasonIn(ByteBuffer text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException e) {
      throw ProtocolViolation.ofData("A close frame whose reason is not UTF-8", e);
    }
  }

  /** Returns the body of a frame; a reason that is too long is cut between two characters. */
  static byte[] body(int code, @Nullable String reason) {
    if (code == NO_STATUS) {
      return new byte[0];
    }
    CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    ByteBuffer body = ByteBuffer.allocate(CODE_BYTES + MAX_REASON_BYTES).putShort((short) code);
    encoder.encode(CharBuffer.wrap(reason == null ? "" : reason), body, true);
    byte[] bytes = new byte[body.flip().remaining()];
    body.get(bytes);
    return bytes;
  }
}
