// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.socketcluster.protocol.Payload;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Writes data with its position: {@code {"epoch":"..","offset":1,"data":..}}. Immutable. */
final class Envelope {
  private static final int EPOCH_BYTES = 6;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] DATA = ",\"data\":".getBytes(ISO_8859_1);

  private final String epoch;
  private final byte[] prefix;

  /** A note to a subscriber that is no message. */
  enum Note {
    /** The position at which a subscription begins. */
    START("true"),
    /** The messages before this offset are not kept any more. */
    TRIMMED("\"trimmed\""),
    /** The position belongs to another history. */
    EPOCH("\"epoch\""),
    /** The broker may have lost messages of other servers. */
    BROKER("\"broker\"");

    private final String json;

    Note(String value) {
      String key = value.equals("true") ? "start" : "gap";
      json = ",\"" + key + "\":" + value + "}";
    }
  }

  /** Of a history whose epoch the broker has not told yet. */
  static final Envelope UNKNOWN = new Envelope("");

  Envelope(String epoch) {
    this.epoch = epoch;
    this.prefix = ("{\"epoch\":\"" + epoch + "\",\"offset\":").getBytes(ISO_8859_1);
  }

  /** Returns an envelope with a new epoch: eight URL-safe characters. */
  static Envelope ofNewEpoch() {
    byte[] id = new byte[EPOCH_BYTES];
    RANDOM.nextBytes(id);
    return new Envelope(Base64.getUrlEncoder().encodeToString(id));
  }

  String epoch() {
    return epoch;
  }

  boolean isOf(String otherEpoch) {
    return epoch.equals(otherEpoch);
  }

  Payload note(long offset, Note note) {
    byte[] end = (offset + note.json).getBytes(ISO_8859_1);
    byte[] json = new byte[prefix.length + end.length];
    append(json, append(json, 0, prefix), end);
    return Payload.ofJson(json, 0, json.length);
  }

  Payload message(long offset, @Nullable Payload data) {
    byte[] digits = digits(offset);
    byte[] value = data == null ? new byte[0] : data.toBytes();
    int size = prefix.length + digits.length + 1 + (data == null ? 0 : DATA.length + value.length);
    byte[] json = new byte[size];
    int at = append(json, append(json, 0, prefix), digits);
    if (data != null) {
      append(json, append(json, at, DATA), value);
    }
    json[size - 1] = '}';
    return Payload.ofJson(json, 0, size);
  }

  private static byte[] digits(long offset) {
    return Long.toString(offset).getBytes(ISO_8859_1);
  }

  private static int append(byte[] target, int at, byte[] bytes) {
    System.arraycopy(bytes, 0, target, at, bytes.length);
    return at + bytes.length;
  }
}
