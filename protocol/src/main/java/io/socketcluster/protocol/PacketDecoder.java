// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the packets of one message. Used once. */
final class PacketDecoder {
  private final byte[] in;
  private final JsonLimits limits;
  private final JsonScanner json;
  private final EnvelopeScanner envelope;
  private @Nullable RawPacket raw; // one for all elements of a batch that are no packet

  PacketDecoder(byte[] message, JsonLimits limits) {
    this.in = message;
    this.limits = limits;
    this.json = new JsonScanner(message, message.length, limits);
    this.envelope = new EnvelopeScanner(json);
  }

  List<Packet> decode() {
    try {
      int start = json.skipWhitespace(0);
      return switch (json.at(start)) {
        case '{' -> decodeOne(start);
        case '[' -> decodeBatch(start);
        default -> throw new NotJsonException();
      };
    } catch (NotJsonException noJson) {
      Utf8.check(in, 0, in.length);
      return List.of(raw());
    }
  }

  private List<Packet> decodeOne(int start) {
    int end = envelope.scanPacket(start);
    checkEnd(end);
    return List.of(packet());
  }

  private List<Packet> decodeBatch(int start) {
    List<Packet> packets = new ArrayList<>();
    int pos = json.enter(start, false);
    if (json.at(pos) != ']') {
      pos = decodeElement(pos, packets);
      while (json.at(pos) == ',') {
        pos = decodeElement(json.skipWhitespace(pos + 1), packets);
      }
      if (json.at(pos) != ']') {
        throw new NotJsonException();
      }
    }
    checkEnd(json.leave(pos));
    return Collections.unmodifiableList(packets);
  }

  private int decodeElement(int start, List<Packet> packets) {
    boolean object = json.at(start) == '{';
    int end = object ? envelope.scanPacket(start) : json.skipValue(start);
    packets.add(object ? packet() : raw());
    return json.skipWhitespace(end);
  }

  private void checkEnd(int pos) {
    if (json.skipWhitespace(pos) < in.length) {
      throw new NotJsonException();
    }
  }

  private Packet packet() {
    if (Slice.isString(in, envelope.event)) {
      return event();
    }
    long rid = JsonNumbers.integer(in, envelope.rid);
    return rid == JsonNumbers.NONE ? raw() : response(rid);
  }

  private EventPacket event() {
    int start = Slice.start(envelope.event) + 1;
    int end = Slice.end(envelope.event) - 1;
    String reserved = ReservedEvents.match(in, start, end);
    String name = reserved == null ? JsonStrings.decode(in, start, end) : reserved;
    limits.checkValues(name, json.values());
    return new EventPacket(
        name,
        Slice.payload(in, envelope.data),
        JsonNumbers.integer(in, envelope.cid),
        envelope.channelMembers(),
        traceparent());
  }

  /** A longer text is none, and is not kept. */
  private @Nullable String traceparent() {
    long slice = envelope.traceparent;
    if (!Slice.isString(in, slice)) {
      return null;
    }
    int start = Slice.start(slice) + 1;
    int end = Slice.end(slice) - 1;
    return end - start > EventPacket.LONGEST_TRACEPARENT
        ? null
        : JsonStrings.decode(in, start, end);
  }

  private ResponsePacket response(long rid) {
    Payload error = Slice.payload(in, envelope.error);
    return new ResponsePacket(
        rid, Slice.payload(in, envelope.data), WireErrors.isFailure(error) ? error : null);
  }

  private RawPacket raw() {
    RawPacket known = raw;
    if (known == null) {
      known = new RawPacket(new String(in, UTF_8));
      raw = known;
    }
    return known;
  }
}
