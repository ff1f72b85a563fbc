// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import io.socketcluster.protocol.JsonLimits;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.RawPacket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the packets of one message. Used once. */
final class PacketReader {
  private final byte[] message;
  private final MessageInput in;
  private final MessageScanner scanner;
  private final Envelope envelope;

  PacketReader(byte[] message, JsonLimits limits) {
    this.message = message;
    this.in = new MessageInput(message, 0, message.length);
    this.scanner = new MessageScanner(in, limits);
    this.envelope = new Envelope(message, in, scanner);
  }

  List<Packet> read() {
    List<@Nullable Packet> packets =
        in.kind() == ValueKind.ARRAY ? batch() : Collections.singletonList(element());
    if (!in.isAtEnd()) {
      throw in.malformed("more than one value");
    }
    return complete(packets);
  }

  private List<@Nullable Packet> batch() {
    List<@Nullable Packet> packets = new ArrayList<>();
    scanner.enter();
    for (int left = in.arrayHeader(); left > 0; left--) {
      packets.add(element());
    }
    scanner.leave();
    return packets;
  }

  private @Nullable Packet element() {
    if (in.kind() == ValueKind.MAP) {
      return envelope.read();
    }
    scanner.skipValue();
    return null;
  }

  /** Puts the whole message, which is known to be valid now, where no packet was found. */
  private List<Packet> complete(List<@Nullable Packet> found) {
    List<Packet> packets = new ArrayList<>(found.size());
    RawPacket raw = null;
    for (Packet packet : found) {
      if (packet == null) {
        raw = raw == null ? raw() : raw;
      }
      packets.add(packet == null ? raw : packet);
    }
    return Collections.unmodifiableList(packets);
  }

  private RawPacket raw() {
    scanner.checkAllValues();
    MessageInput whole = new MessageInput(message, 0, message.length);
    return new RawPacket(
        whole.kind() == ValueKind.STRING
            ? whole.string()
            : MessagePackValue.payload(message, 0, message.length).toString());
  }
}
