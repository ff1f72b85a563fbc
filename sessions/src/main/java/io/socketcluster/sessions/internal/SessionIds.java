// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ids of sessions, and the names by which the store and the broker know them. */
public final class SessionIds {
  private static final int BYTES = 20;
  private static final Pattern FORM = Pattern.compile("[\\w-]{27}");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private SessionIds() {}

  /** Returns a new id. */
  public static String create() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return ENCODER.encodeToString(bytes);
  }

  /** Returns whether a text, which a client may have sent, has the form of an id. */
  public static boolean isId(@Nullable String text) {
    return text != null && FORM.matcher(text).matches();
  }

  /** Returns the name of the mark in the store that a session has not ended. */
  static String markOf(String name) {
    return "mark:" + name;
  }

  /**
   * Returns the name of a session in the store and at the broker. Nobody can enter a session by
   * what is stored, logged or monitored there.
   */
  public static String nameOf(String id) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(US_ASCII));
      return "session:" + ENCODER.encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
