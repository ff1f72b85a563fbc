// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a message that is JSON: {@code ~j~} and the text. */
final class JsonBody {
  private static final byte[] MARK = "~j~".getBytes(US_ASCII);
  private static final byte[] BEFORE =
      ("{\"event\":\"" + MessageCodec.MESSAGE + "\",\"data\":").getBytes(US_ASCII);

  private JsonBody() {}

  static boolean is(byte[] body) {
    return body.length >= MARK.length && Arrays.equals(body, 0, MARK.length, MARK, 0, MARK.length);
  }

  /** Returns the JSON of a body, without spaces around it. */
  static byte[] text(byte[] body) {
    int from = MARK.length;
    int to = body.length;
    while (from < to && isSpace(body[from])) {
      from++;
    }
    while (to > from && isSpace(body[to - 1])) {
      to--;
    }
    return Arrays.copyOfRange(body, from, to);
  }

  private static boolean isSpace(byte each) {
    return each == ' ' || each == '\t' || each == '\n' || each == '\r';
  }

  /** Returns a body of this JSON. */
  static byte[] of(byte[] text) {
    byte[] body = Arrays.copyOf(MARK, MARK.length + text.length);
    System.arraycopy(text, 0, body, MARK.length, text.length);
    return body;
  }

  /** Returns a message of this JSON, or null when it is not exactly one value. */
  static @Nullable EventPacket message(byte[] text, JsonCodec json) {
    byte[] packet = Arrays.copyOf(BEFORE, BEFORE.length + text.length + 1);
    System.arraycopy(text, 0, packet, BEFORE.length, text.length);
    packet[packet.length - 1] = '}';
    List<Packet> read = json.decode(packet);
    if (read.size() != 1 || !(read.getFirst() instanceof EventPacket event)) {
      return null;
    }
    // A text with more than a value has changed the packet around it.
    Payload data = event.data();
    return data != null && Arrays.equals(data.toBytes(), text) ? event : null;
  }
}
