// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.errors;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error that can be sent to the other end, with a name that both ends know, a message and
 * properties. The subclasses in this package have SocketCluster's own names; an application may use
 * any other name.
 *
 * <p>Immutable. Everything except the cause and the stack trace is sent to the other end when the
 * error is passed to {@code request.error}.
 */
public class AGException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String name;

  @SuppressWarnings("serial") // what the values are is the application's choice
  private final LinkedHashMap<String, Object> properties;

  /** Creates an error without properties. */
  public AGException(String name, String message) {
    this(name, message, Map.of(), null);
  }

  /** Creates an error with properties; see the constructor with all parameters. */
  public AGException(String name, String message, Map<String, ?> properties) {
    this(name, message, properties, null);
  }

  /**
   * Creates an error with all its parts.
   *
   * @param name the name by which the other end knows the error
   * @param message a message for people, which is sent to the other end
   * @param properties copied in their order; entries with a null value, and those called {@code
   *     name} or {@code message}, are omitted. A value without a JSON form is not sent
   * @param cause is not sent
   */
  public AGException(
      String name, String message, Map<String, ?> properties, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.name = Objects.requireNonNull(name, "name");
    this.properties = new LinkedHashMap<>();
    properties.forEach(this::keep);
  }

  private void keep(String key, @Nullable Object value) {
    if (value != null && !key.equals("name") && !key.equals("message")) {
      properties.put(key, value);
    }
  }

  /**
   * Returns an error of the class in this package with this name, or of {@link AGException} itself
   * if there is none.
   */
  public static AGException named(String name, String message, Map<String, ?> properties) {
    return ErrorNames.create(name, message, properties, null);
  }

  /** Returns the name by which the other end knows this error. */
  public String name() {
    return name;
  }

  /** Returns the message, which is never null. */
  @Override
  public String getMessage() {
    return Objects.requireNonNullElse(super.getMessage(), "");
  }

  /** Returns the properties besides name and message, in their order; unmodifiable. */
  public Map<String, Object> properties() {
    return Collections.unmodifiableMap(properties);
  }

  /**
   * Returns a copy of this error with a property added or changed, and the same name, message,
   * cause and stack trace. The copy is of the class in this package with this name, or of {@link
   * AGException} itself if there is none.
   */
  public AGException withProperty(String key, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(properties);
    changed.put(key, value);
    AGException copy = ErrorNames.create(name, getMessage(), changed, getCause());
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  @Nullable String text(String key) {
    return properties.get(key) instanceof String text ? text : null;
  }

  int number(String key) {
    return properties.get(key) instanceof Number number ? number.intValue() : 0;
  }

  @Nullable Instant instant(String key) {
    Object value = properties.get(key);
    if (value instanceof Instant instant) {
      return instant;
    }
    try {
      return value instanceof String text ? Instant.parse(text) : null;
    } catch (DateTimeException notIso) {
      return null;
    }
  }

  /** Returns the name and the message. */
  @Override
  public String toString() {
    return name + ": " + getMessage();
  }
}
