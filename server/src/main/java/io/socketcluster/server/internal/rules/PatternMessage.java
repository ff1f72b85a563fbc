// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.Payload;
import org.jspecify.annotations.Nullable;

/** A message with the name of its channel: {@code {"channel":..,"data":..}}. */
public final class PatternMessage {
  private PatternMessage() {}

  /** Returns the data for the subscribers of a pattern. */
  public static Payload of(String channel, @Nullable Payload data) {
    String name = new String(Payload.of(channel).toBytes(), UTF_8);
    String value = data == null ? "" : ",\"data\":" + new String(data.toBytes(), UTF_8);
    byte[] json = ("{\"channel\":" + name + value + "}").getBytes(UTF_8);
    return Payload.ofJson(json, 0, json.length);
  }

  /** Returns the name of the channel, or null if it is no such message. */
  public static @Nullable String channelOf(@Nullable Payload message) {
    return message == null ? null : message.node().path("channel").stringValue(null);
  }
}
