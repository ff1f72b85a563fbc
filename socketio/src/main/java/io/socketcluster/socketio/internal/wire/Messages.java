// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.Payload;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes what the application sends as messages, as the old server does with each type. */
final class Messages {
  private static final byte[] EMPTY = new byte[0];

  private Messages() {}

  /** Returns a message, or one for each element of a list. */
  static byte[] write(@Nullable Payload data) {
    JsonNode value = data == null ? null : data.node();
    if (value == null || !value.isArray()) {
      return Framing.write(body(data, value));
    }
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    for (JsonNode each : value) {
      packet.writeBytes(Framing.write(body(Payload.of(each), each)));
    }
    return packet.toByteArray();
  }

  private static byte[] body(@Nullable Payload data, @Nullable JsonNode value) {
    if (data == null || value == null || value.isNull()) {
      return EMPTY;
    }
    if (value.isObject()) {
      return JsonBody.of(data.toBytes());
    }
    return value.isString() ? value.stringValue().getBytes(UTF_8) : data.toBytes();
  }
}
