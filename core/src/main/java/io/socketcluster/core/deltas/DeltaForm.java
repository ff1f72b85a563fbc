// SPDX-License-Identifier: MIT
package io.socketcluster.core.deltas;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.socketcluster.protocol.Payload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The form of messages for subscribers that asked for differences: {@code {"#delta":0,"value":..}}
 * is a value that the client keeps in slot 0, {@code {"#delta":0,"patch":[..]}} changes it, and
 * {@code {"#delta":null,"value":..}} is a value that is not kept.
 */
public final class DeltaForm {
  /** The member of the data of a subscription that asks for differences. */
  public static final String ASKED = "delta";

  /** The value of that member: the format of the differences. */
  public static final String FORMAT = "json-patch";

  /** The number of slots that a channel has at most. */
  public static final int SLOTS = 1_000;

  static final String SLOT = "#delta";
  static final String VALUE = "value";
  static final String PATCH = "patch";

  private DeltaForm() {}

  /** Returns whether the data of a subscription asks for differences. */
  public static boolean isAsked(@Nullable Payload data) {
    return data != null && FORMAT.equals(data.node().path(ASKED).stringValue(null));
  }

  /** Returns the message with a value that the client keeps. */
  public static Payload kept(int slot, Payload value) {
    return message(Integer.toString(slot), VALUE, value);
  }

  /** Returns the message with a value that the client does not keep. */
  public static Payload passing(@Nullable Payload value) {
    return message("null", VALUE, value);
  }

  /** Returns the message that changes a value. */
  public static Payload patch(int slot, JsonNode patch) {
    return message(Integer.toString(slot), PATCH, Payload.of(patch));
  }

  private static Payload message(String slot, String member, @Nullable Payload value) {
    String begin = "{\"" + SLOT + "\":" + slot + (value == null ? "" : ",\"" + member + "\":");
    byte[] head = begin.getBytes(ISO_8859_1);
    byte[] body = value == null ? new byte[0] : value.toBytes();
    byte[] json = new byte[head.length + body.length + 1];
    System.arraycopy(head, 0, json, 0, head.length);
    System.arraycopy(body, 0, json, head.length, body.length);
    json[json.length - 1] = '}';
    return Payload.ofJson(json, 0, json.length);
  }
}
