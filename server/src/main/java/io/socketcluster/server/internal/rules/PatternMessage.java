// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.Payload;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** A message behind the name of its channel: {@code {"channel":..,"data":..}}. */
public final class PatternMessage {
  private static final TokenStreamFactory FACTORY = new JsonFactory();

  private PatternMessage() {}

  /** Returns the data for the subscribers of a pattern. */
  public static Payload of(String channel, @Nullable Payload data) {
    String name = new String(Payload.of(channel).toBytes(), UTF_8);
    String value = data == null ? "" : ",\"data\":" + new String(data.toBytes(), UTF_8);
    byte[] json = ("{\"channel\":" + name + value + "}").getBytes(UTF_8);
    return Payload.ofJson(json, 0, json.length);
  }

  /** Returns the name of the channel, or null if it is no such message. The data is not decoded. */
  public static @Nullable String channelOf(@Nullable Payload message) {
    if (message == null) {
      return null;
    }
    byte[] json = message.toBytes();
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      boolean isNamed =
          parser.nextToken() == JsonToken.START_OBJECT && "channel".equals(parser.nextName());
      return isNamed ? parser.nextStringValue() : null;
    } catch (JacksonException e) {
      return null;
    }
  }
}
