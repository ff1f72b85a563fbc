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
 * An error that can travel: a name that both ends know, a message and properties. The subclasses in
 * this package are the names of SocketCluster itself; an application may use any other name.
 *
 * <p>Immutable. What is in it is sent to the other end when it is passed to {@code request.error}:
 * all but the cause and the stack trace.
 */
public class AGException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String name;

  @SuppressWarnings("serial") // what the values are is the application's choice
  private final LinkedHashMap<String, Object> properties;

  /** An error without properties. */
  public AGException(String name, String message) {
    this(name, message, Map.of(), null);
  }

  /** An error with properties, see the constructor with all parameters. */
  public AGException(String name, String message, Map<String, ?> properties) {
    this(name, message, properties, null);
  }

  /**
   * An error with all its parts.
   *
   * @param name what the other end knows it by
   * @param message for people; it reaches the other end
   * @param properties copied in their order; those with a null value, and those called {@code name}
   *     or {@code message}, are left out. A value that has no JSON form does not reach the other
   *     end
   * @param cause stays here
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
   * An error of the class in this package that has this name; of {@link AGException} itself if none
   * has.
   */
  public static AGException named(String name, String message, Map<String, ?> properties) {
    return ErrorNames.create(name, message, properties, null);
  }

  /** What the other end knows this error by. */
  public String name() {
    return name;
  }

  /** The message, which is never null. */
  @Override
  public String getMessage() {
    return Objects.requireNonNullElse(super.getMessage(), "");
  }

  /** The properties besides name and message, in their order; unmodifiable. */
  public Map<String, Object> properties() {
    return Collections.unmodifiableMap(properties);
  }

  /**
   * A copy of this error with one property more or changed: same name, message, cause and stack
   * trace. It is of the class in this package that has this name; of {@link AGException} itself if
   * none has.
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

  /** The name and the message. */
  @Override
  public String toString() {
    return name + ": " + getMessage();
  }
}
