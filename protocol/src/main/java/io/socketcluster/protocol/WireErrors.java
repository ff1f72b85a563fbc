// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.UnknownError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The form of an error on the wire: {@code {"message":..,"name":..}} and its properties beside
 * them, the {@code error} of an answer in {@code socketcluster-protocol.md}. Stateless.
 */
public final class WireErrors {
  private static final String PLAIN_NAME = "Error";
  private static final int LONGEST_FALSE = "false".length();
  private static final Payload UNEXPECTED = dehydrate(new UnknownError("Internal server error"));

  private WireErrors() {}

  /**
   * The form of an error that is meant for the other end. Its message is sent; so are the
   * properties of an {@link AGException}, but those without a JSON form.
   *
   * <p>The name of an exception of another class is its simple class name. Never pass what was
   * caught by chance: {@link #dehydrateUnexpected()} is for that.
   */
  public static Payload dehydrate(Throwable error) {
    Map<String, Payload> members = new LinkedHashMap<>();
    String message = error.getMessage();
    members.put("message", Payload.of(message == null ? "" : message));
    members.put("name", Payload.of(nameOf(error)));
    if (error instanceof AGException known) {
      known.properties().forEach((key, value) -> putIfJson(members, key, value));
    }
    return Payload.of(members);
  }

  private static String nameOf(Throwable error) {
    if (error instanceof AGException known) {
      return known.name();
    }
    String simpleName = error.getClass().getSimpleName();
    return simpleName.isEmpty() ? PLAIN_NAME : simpleName;
  }

  private static void putIfJson(Map<String, Payload> members, String key, Object value) {
    try {
      members.put(key, Payload.of(value));
    } catch (InvalidArgumentsError hasNoJson) {
      // the error itself must get through: it tells more than its property
    }
  }

  /**
   * The form of every error that is not meant for the other end: an {@code UnknownError} that says
   * nothing about what happened.
   */
  public static Payload dehydrateUnexpected() {
    return UNEXPECTED;
  }

  /**
   * Returns whether an exception that application code threw is meant for the other end: errors of
   * the protocol are, except for data that this end could not write.
   */
  public static boolean isMeantForOtherEnd(Throwable thrown) {
    return thrown instanceof AGException && !(thrown instanceof UnwritableData);
  }

  /**
   * Returns whether the {@code error} of an answer means that the call failed. As in JavaScript, a
   * missing error, null, false, 0 and an empty string do not.
   */
  public static boolean isFailure(@Nullable Payload error) {
    if (error == null || error.isNull()) {
      return false;
    }
    if (error.size() > LONGEST_FALSE) {
      return true;
    }
    JsonNode node = error.node();
    return switch (node.getNodeType()) {
      case BOOLEAN -> node.booleanValue();
      case STRING -> !node.stringValue().isEmpty();
      case NUMBER -> node.doubleValue() != 0;
      default -> true;
    };
  }

  /**
   * The error that came from the other end.
   *
   * <p>An object becomes an error of its name, of the class that has this name, with its other
   * members as properties: strings, numbers, booleans, lists and maps; null members are left out.
   * Without a string as message it says "Invalid error message format". Every other value becomes
   * an error called {@code Error} with that value as its message.
   */
  public static AGException hydrate(Payload error) {
    JsonNode node = error.node();
    if (!node.isObject()) {
      return new AGException(PLAIN_NAME, node.isString() ? node.stringValue() : error.toString());
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      putIfPlain(properties, member.getKey(), member.getValue());
    }
    String message = node.path("message").stringValue("Invalid error message format");
    return AGException.named(node.path("name").stringValue(PLAIN_NAME), message, properties);
  }

  private static void putIfPlain(Map<String, Object> properties, String key, JsonNode member) {
    try {
      Object value = Payload.of(member).as(Object.class);
      if (value != null) {
        properties.put(key, value);
      }
    } catch (InvalidArgumentsError doesNotFit) {
      // the error itself must get through: it tells more than its property
    }
  }
}
