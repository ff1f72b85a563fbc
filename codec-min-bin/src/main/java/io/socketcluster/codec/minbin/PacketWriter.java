// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.RawPacket;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.ResponsePacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes packets in their short forms: a map with one name, whose value is an array. */
final class PacketWriter {
  static final String EVENT = "e";
  static final String PUBLISH = "p";
  static final String RESPONSE = "r";

  private static final int FIRST_CAPACITY = 64;

  private PacketWriter() {}

  static byte[] write(Packet packet) {
    MessageOutput out = new MessageOutput(FIRST_CAPACITY);
    if (packet instanceof RawPacket raw) {
      out.string(raw.message());
    } else {
      write(out, packet);
    }
    return out.toBytes();
  }

  static byte[] write(List<Packet> batch) {
    MessageOutput out = new MessageOutput(Math.multiplyExact(FIRST_CAPACITY, batch.size() + 1));
    out.arrayHeader(batch.size());
    for (Packet packet : batch) {
      write(out, packet);
    }
    return out.toBytes();
  }

  static byte[] join(List<byte[]> messages) {
    int size = FIRST_CAPACITY;
    for (byte[] message : messages) {
      size += message.length;
    }
    MessageOutput out = new MessageOutput(size);
    out.arrayHeader(messages.size());
    for (byte[] message : messages) {
      out.bytes(message, 0, message.length);
    }
    return out.toBytes();
  }

  static byte[] writePublish(String channel, @Nullable Payload data) {
    MessageOutput out = new MessageOutput(FIRST_CAPACITY);
    startForm(out, PUBLISH, 2);
    out.string(channel);
    ValueWriter.write(out, data);
    return out.toBytes();
  }

  private static void startForm(MessageOutput out, String name, int elements) {
    out.mapHeader(1);
    out.string(name);
    out.arrayHeader(elements);
  }

  private static void write(MessageOutput out, Packet packet) {
    switch (packet) {
      case EventPacket event -> write(out, event);
      case ResponsePacket answer -> write(out, answer);
      case RawPacket raw ->
          throw new IllegalArgumentException("A raw message cannot be part of a batch");
    }
  }

  private static void write(MessageOutput out, EventPacket packet) {
    Payload data = packet.data();
    int elements = packet.isInvoke() ? 3 : 2;
    if (data != null && packet.event().equals(ReservedEvents.PUBLISH) && !data.isNull()) {
      startForm(out, PUBLISH, elements);
      writePublishData(out, packet, data);
    } else {
      startForm(out, EVENT, elements);
      out.string(packet.event());
      ValueWriter.write(out, data);
    }
    if (packet.isInvoke()) {
      out.number((double) packet.cid());
    }
  }

  private static void writePublishData(MessageOutput out, EventPacket packet, Payload data) {
    String channel = packet.channel();
    if (channel == null) {
      ValueWriter.write(out, data.node().path("channel"));
    } else {
      out.string(channel);
    }
    ValueWriter.write(out, packet.channelData());
  }

  private static void write(MessageOutput out, ResponsePacket packet) {
    startForm(out, RESPONSE, 3);
    out.number((double) packet.rid());
    ValueWriter.write(out, packet.error());
    ValueWriter.write(out, packet.data());
  }
}
