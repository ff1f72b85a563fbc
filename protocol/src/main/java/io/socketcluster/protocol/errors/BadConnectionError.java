// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call or a message failed because its connection ended. */
public class BadConnectionError extends AGException {
  /** The name on the wire. */
  public static final String NAME = "BadConnectionError";

  private static final long serialVersionUID = 1L;
  private static final int NORMAL = 1000;
  private static final int GOING_AWAY = 1001;

  /**
   * An error with the code 1001.
   *
   * @param type {@code disconnect}, or {@code connectAbort} before the handshake
   */
  public BadConnectionError(String message, String type) {
    this(message, type, GOING_AWAY, null);
  }

  /**
   * An error with the code and the reason of the close: the properties {@code type}, {@code code}
   * and {@code reason}.
   *
   * @param type {@code disconnect}, or {@code connectAbort} before the handshake
   * @param code the close code; 0 is 1001
   * @param reason null or empty: the text of a code that is no error, else empty
   */
  public BadConnectionError(String message, String type, int code, @Nullable String reason) {
    this(message, type, code, reason, null);
  }

  /**
   * An error with the code, the reason and the cause of the close.
   *
   * @param type {@code disconnect}, or {@code connectAbort} before the handshake
   * @param code the close code; 0 is 1001
   * @param reason null or empty: the text of a code that is no error, else empty
   * @param cause why the connection ended, if that is known; never sent
   */
  public BadConnectionError(
      String message, String type, int code, @Nullable String reason, @Nullable Throwable cause) {
    this(message, properties(type, code == 0 ? GOING_AWAY : code, reason), cause);
  }

  BadConnectionError(String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(NAME, message, properties, cause);
  }

  private static Map<String, Object> properties(String type, int code, @Nullable String reason) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("type", type);
    properties.put("code", code);
    properties.put("reason", reason == null || reason.isEmpty() ? defaultReason(code) : reason);
    return properties;
  }

  private static String defaultReason(int code) {
    return switch (code) {
      case NORMAL -> "Socket closed normally";
      case GOING_AWAY -> "Socket was disconnected";
      default -> "";
    };
  }

  /** {@code disconnect} or {@code connectAbort}; null if the error does not say. */
  public @Nullable String type() {
    return text("type");
  }

  /** The close code; 0 if the error does not say. */
  public int code() {
    return number("code");
  }

  /** The reason of the close; null if the error does not say. */
  public @Nullable String reason() {
    return text("reason");
  }
}
