// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.hixie;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.HttpUpgrade;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A handshake of hixie-76, which has two keys and eight bytes behind the head, or of hixie-75,
 * which has none. Immutable.
 *
 * @param first the number of the first key; 0 in hixie-75
 * @param second the number of the second key
 */
record HixieHandshake(long first, long second) {
  static final int NONCE_BYTES = 8;

  private static final String FIRST_KEY = "sec-websocket-key1";
  private static final String SECOND_KEY = "sec-websocket-key2";
  private static final long MOST = 0xFFFF_FFFFL;
  private static final int MOST_DIGITS = 18;

  /** Returns the handshake of a request, or null when it is none of these. */
  static @Nullable HixieHandshake of(UpgradeRequest request) {
    boolean isLater =
        request.header("sec-websocket-version") != null
            || request.header("sec-websocket-key") != null;
    if (isLater || request.header("host") == null) {
      return null;
    }
    String first = request.header(FIRST_KEY);
    String second = request.header(SECOND_KEY);
    if (first == null && second == null) {
      return new HixieHandshake(0, 0);
    }
    long one = number(first);
    long other = number(second);
    return one > 0 && other > 0 ? new HixieHandshake(one, other) : null;
  }

  /** Returns the digits of a key divided by its spaces, or 0 when it is malformed. */
  private static long number(@Nullable String key) {
    long digits = 0;
    int count = 0;
    int spaces = 0;
    for (int i = 0; key != null && i < key.length(); i++) {
      char each = key.charAt(i);
      if (each >= '0' && each <= '9') {
        digits = digits * 10 + each - '0';
        if (++count > MOST_DIGITS) {
          return 0;
        }
      } else if (each == ' ') {
        spaces++;
      }
    }
    return spaces == 0 || digits % spaces != 0 || digits / spaces > MOST ? 0 : digits / spaces;
  }

  boolean hasNonce() {
    return first > 0;
  }

  /** Returns the head of the answer. */
  ByteBuf head(HttpUpgrade upgrade) {
    UpgradeRequest request = upgrade.request();
    String prefix = hasNonce() ? "Sec-WebSocket-" : "WebSocket-";
    StringBuilder head = new StringBuilder("HTTP/1.1 101 ");
    head.append(hasNonce() ? "WebSocket" : "Web Socket").append(" Protocol Handshake\r\n");
    head.append("Upgrade: WebSocket\r\nConnection: Upgrade\r\n");
    line(head, prefix + "Origin", request.header("origin"));
    String scheme = upgrade.isSecure() ? "wss://" : "ws://";
    line(head, prefix + "Location", scheme + request.header("host") + request.uri());
    if (hasNonce() && request.header("sec-websocket-protocol") != null) {
      line(head, "Sec-WebSocket-Protocol", request.header("sec-websocket-protocol"));
    }
    return Unpooled.wrappedBuffer(head.append("\r\n").toString().getBytes(ISO_8859_1));
  }

  private static void line(StringBuilder head, String name, @Nullable String value) {
    head.append(name).append(": ").append(value == null ? "null" : value).append("\r\n");
  }

  /** Returns the 16 bytes that follow the head of hixie-76. */
  byte[] digest(byte[] nonce) {
    byte[] challenge =
        ByteBuffer.allocate(2 * Integer.BYTES + NONCE_BYTES)
            .putInt((int) first)
            .putInt((int) second)
            .put(nonce)
            .array();
    try {
      return MessageDigest.getInstance("MD5").digest(challenge); // the draft says so
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
