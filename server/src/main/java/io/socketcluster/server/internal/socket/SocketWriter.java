// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.internal.transport.WireConnection;
import org.jspecify.annotations.Nullable;

/** Encodes the packets of one socket and sends them, in the order of the calls. Event loop only. */
final class SocketWriter {
  private final WireConnection connection;
  private final CodecEngine codec;

  SocketWriter(WireConnection connection) {
    this.connection = connection;
    this.codec = connection.format().codec();
  }

  void send(Packet packet) {
    connection.send(codec.encode(packet));
  }

  void transmit(String event, @Nullable Payload data) {
    send(EventPacket.transmit(event, data));
  }
}
