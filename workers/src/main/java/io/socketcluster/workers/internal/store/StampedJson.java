// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.Payload;
import io.socketcluster.store.StoreError;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A value as the server of a shared store keeps it: a stamp, and JSON that only the workers read. A
 * stamp is random, so that it is never that of another value, even after a restart of the server.
 *
 * @param stamp 22 characters
 */
record StampedJson(String stamp, String json) {
  private static final int STAMP_LENGTH = 22;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /** Returns a value with a stamp of its own. */
  static StampedJson of(JsonNode value) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    ByteBuffer stamp = ByteBuffer.allocate(2 * Long.BYTES);
    stamp.putLong(random.nextLong()).putLong(random.nextLong());
    return new StampedJson(
        ENCODER.encodeToString(stamp.array()), new String(Payload.of(value).toBytes(), UTF_8));
  }

  /** Returns the value in a text; null if the text has another form. */
  static @Nullable StampedJson parse(String text) {
    return text.length() > STAMP_LENGTH
        ? new StampedJson(text.substring(0, STAMP_LENGTH), text.substring(STAMP_LENGTH))
        : null;
  }

  String text() {
    return stamp + json;
  }

  int bytes() {
    return json.getBytes(UTF_8).length;
  }

  /** Parses what a worker has written. */
  JsonNode value() {
    byte[] bytes = json.getBytes(UTF_8);
    try {
      return Payload.ofJson(bytes, 0, bytes.length).node();
    } catch (RuntimeException e) {
      throw new StoreError("The store has a value that is no JSON", e);
    }
  }
}
