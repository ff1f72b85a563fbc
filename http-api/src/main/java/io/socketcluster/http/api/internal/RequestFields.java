// SPDX-License-Identifier: MIT
package io.socketcluster.http.api.internal;

import io.socketcluster.server.HttpRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of a request's body, checked.
 *
 * @param object the body, or an object in it
 */
record RequestFields(JsonNode object) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int LONGEST_CHANNEL = 1024;

  /** Reads the body of a request. */
  static RequestFields of(HttpRequest request) throws ApiError {
    try {
      return of(MAPPER.readTree(request.body()));
    } catch (JacksonException e) {
      throw ApiError.invalid("The body is no JSON");
    }
  }

  static RequestFields of(JsonNode node) throws ApiError {
    if (!node.isObject()) {
      throw ApiError.invalid("An object is expected");
    }
    return new RequestFields(node);
  }

  /** Refuses fields that no one reads: a misspelt one would change what is asked. */
  void only(String... names) throws ApiError {
    Set<String> known = Set.of(names);
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        throw ApiError.invalid("Unknown field; allowed: " + String.join(", ", names));
      }
    }
  }

  /** Returns a text, or null if it is missing or null. */
  @Nullable String text(String name) throws ApiError {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw ApiError.invalid(name + " is a string");
    }
    return value.stringValue();
  }

  /**
   * Returns the name of a channel, or null if it is missing. Null is refused: a variable that was
   * never set must not mean all channels.
   */
  @Nullable String optionalChannel() throws ApiError {
    String channel = text("channel");
    if (channel != null) {
      checkChannel(channel);
    } else if (object.has("channel")) {
      throw ApiError.invalid("channel is a string");
    }
    return channel;
  }

  String channel() throws ApiError {
    String channel = optionalChannel();
    if (channel == null) {
      throw ApiError.invalid("channel is missing");
    }
    return channel;
  }

  /** Refuses the channels on which servers talk with each other, and names that are too long. */
  static void checkChannel(String channel) throws ApiError {
    if (channel.isEmpty() || channel.startsWith("#") || channel.length() > LONGEST_CHANNEL) {
      throw ApiError.invalid(
          "channel has 1 to " + LONGEST_CHANNEL + " characters and does not begin with #");
    }
  }

  int code(int otherwise) throws ApiError {
    JsonNode value = object.path("code");
    if (value.isMissingNode()) {
      return otherwise;
    }
    int code = value.canConvertToInt() && value.isIntegralNumber() ? value.intValue() : 0;
    if (code != 1000 && (code < 3000 || code > 4999)) {
      throw ApiError.invalid("code is 1000, or 3000 to 4999");
    }
    return code;
  }
}
