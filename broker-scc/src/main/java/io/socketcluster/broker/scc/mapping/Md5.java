// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash that shares out channels; it protects nothing. */
final class Md5 {
  private static final byte[] REPLACEMENT = "\ufffd".getBytes(UTF_8);

  private Md5() {}

  /** Hashes the text as UTF-8. Half a surrogate pair counts as U+FFFD, as it does in Node. */
  static byte[] of(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(utf8(text));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JVM has no MD5, by which SCC maps channels", e);
    }
  }

  static String hexOf(String text) {
    return HexFormat.of().formatHex(of(text));
  }

  private static ByteBuffer utf8(String text) {
    try {
      return UTF_8
          .newEncoder()
          .replaceWith(REPLACEMENT)
          .onMalformedInput(CodingErrorAction.REPLACE)
          .encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("Nothing that is replaced can fail", e);
    }
  }
}
