// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.MalformedMessageException;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.RawPacket;
import io.socketcluster.server.internal.heartbeat.Heartbeat;
import io.socketcluster.server.internal.heartbeat.PingForm;
import java.util.List;

/** Reads the packets of messages, of which some are pongs that no codec has encoded. */
public final class PacketReader {
  private static final List<Packet> EMPTY_PONG = List.of(new RawPacket(""));
  private static final List<Packet> HASH_PONG = List.of(new RawPacket(PingForm.HASH_PONG));

  private final CodecEngine codec;
  private final Heartbeat heartbeat;

  public PacketReader(CodecEngine codec, Heartbeat heartbeat) {
    this.codec = codec;
    this.heartbeat = heartbeat;
  }

  /** Reads a message before its turn; returns nothing for one that cannot be read. */
  public List<Packet> peek(byte[] message) {
    try {
      return read(message);
    } catch (MalformedMessageException e) {
      return List.of(); // its turn comes
    }
  }

  /** Reads a message, or throws a {@link MalformedMessageException}. */
  public List<Packet> read(byte[] message) {
    if (heartbeat.isCertainPong(message)) {
      return pong(message);
    }
    try {
      return codec.decode(message);
    } catch (MalformedMessageException e) {
      if (heartbeat.isPong(message)) {
        return pong(message);
      }
      throw e;
    }
  }

  private static List<Packet> pong(byte[] message) {
    return message.length == 0 ? EMPTY_PONG : HASH_PONG;
  }
}
