// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes packets as JSON, in a buffer that is meant to have the right size from the start. */
final class PacketEncoder {
  private static final byte[] PUBLISH =
      ascii("{\"event\":\"" + ReservedEvents.PUBLISH + "\",\"data\":{\"channel\":");
  private static final byte[] EVENT = ascii("{\"event\":");
  private static final byte[] CID = ascii(",\"cid\":");
  private static final byte[] RID = ascii("{\"rid\":");
  private static final byte[] DATA = ascii(",\"data\":");
  private static final byte[] ERROR = ascii(",\"error\":");
  private static final byte[] TRACEPARENT = ascii(",\"traceparent\":");
  private static final int LONGEST_ENVELOPE = 64; // all keys, brackets, quotes and an id

  private PacketEncoder() {}

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static byte[] encode(Packet packet) {
    if (packet instanceof RawPacket raw) {
      return raw.message().getBytes(UTF_8);
    }
    JsonBuffer buffer = new JsonBuffer(sizeHint(packet));
    write(buffer, packet);
    return buffer.toBytes();
  }

  static byte[] encode(List<Packet> batch) {
    int size = 2;
    for (Packet packet : batch) {
      size += sizeHint(packet);
    }
    JsonBuffer buffer = new JsonBuffer(size);
    buffer.ascii('[');
    boolean first = true;
    for (Packet packet : batch) {
      if (!first) {
        buffer.ascii(',');
      }
      first = false;
      write(buffer, packet);
    }
    buffer.ascii(']');
    return buffer.toBytes();
  }

  static byte[] join(List<byte[]> messages) {
    int size = 2 + messages.size();
    for (byte[] message : messages) {
      size += message.length;
    }
    JsonBuffer buffer = new JsonBuffer(size);
    char separator = '[';
    for (byte[] message : messages) {
      buffer.ascii(separator);
      buffer.bytes(message);
      separator = ',';
    }
    if (messages.isEmpty()) {
      buffer.ascii('[');
    }
    buffer.ascii(']');
    return buffer.toBytes();
  }

  static byte[] encodePublish(String channel, @Nullable Payload data) {
    int size = PUBLISH.length + channel.length() + 2 + 2;
    JsonBuffer buffer =
        new JsonBuffer(data == null ? size : size + DATA.length + data.size()); // mostly exact
    buffer.bytes(PUBLISH);
    buffer.string(channel);
    member(buffer, DATA, data);
    buffer.ascii('}');
    buffer.ascii('}');
    return buffer.toBytes();
  }

  private static int sizeHint(Packet packet) {
    return switch (packet) {
      case EventPacket event ->
          LONGEST_ENVELOPE
              + event.event().length()
              + size(event.data())
              + size(event.traceparent());
      case ResponsePacket answer -> LONGEST_ENVELOPE + size(answer.data()) + size(answer.error());
      case RawPacket raw -> 0;
    };
  }

  private static int size(@Nullable String traceparent) {
    return traceparent == null ? 0 : TRACEPARENT.length + 2 + traceparent.length();
  }

  private static int size(@Nullable Payload payload) {
    return payload == null ? 0 : payload.size();
  }

  private static void write(JsonBuffer buffer, Packet packet) {
    switch (packet) {
      case EventPacket event -> write(buffer, event);
      case ResponsePacket answer -> write(buffer, answer);
      case RawPacket raw ->
          throw new IllegalArgumentException("A raw message cannot be part of a batch");
    }
  }

  private static void write(JsonBuffer buffer, EventPacket packet) {
    buffer.bytes(EVENT);
    buffer.string(packet.event());
    member(buffer, DATA, packet.data());
    if (packet.isInvoke()) {
      buffer.bytes(CID);
      buffer.number(packet.cid());
    }
    String traceparent = packet.traceparent();
    if (traceparent != null) {
      buffer.bytes(TRACEPARENT);
      buffer.string(traceparent);
    }
    buffer.ascii('}');
  }

  private static void write(JsonBuffer buffer, ResponsePacket packet) {
    buffer.bytes(RID);
    buffer.number(packet.rid());
    member(buffer, DATA, packet.data());
    member(buffer, ERROR, packet.error());
    buffer.ascii('}');
  }

  private static void member(JsonBuffer buffer, byte[] key, @Nullable Payload value) {
    if (value != null) {
      buffer.bytes(key);
      value.writeTo(buffer);
    }
  }
}
