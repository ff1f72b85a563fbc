// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.internal.transport.WireConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the packets of one socket and sends them, in the order of the calls, at once or as a
 * batch. Event loop only, but for the two questions.
 */
final class SocketWriter {
  private final WireConnection connection;
  private final CodecEngine codec;
  private final Duration batchInterval;
  private final Heartbeat heartbeat;
  private volatile @Nullable OutboundBatch batch; // made by the first who wants it

  SocketWriter(
      WireConnection connection, CodecEngine codec, Duration batchInterval, Heartbeat heartbeat) {
    this.connection = connection;
    this.codec = codec;
    this.batchInterval = batchInterval;
    this.heartbeat = heartbeat;
  }

  void send(Packet packet) {
    byte[] message = codec.encode(packet);
    OutboundBatch open = openBatch();
    if (open == null) {
      connection.send(message);
    } else {
      open.add(message);
    }
  }

  void transmit(String event, @Nullable Payload data) {
    send(EventPacket.transmit(event, data));
  }

  /** Sends a published message that many sockets share. */
  void sendPublish(SharedFrame frame) {
    OutboundBatch open = openBatch();
    if (open == null) {
      connection.sendPublish(frame.frame().retainedDuplicate());
    } else {
      open.add(frame.message());
    }
  }

  /** Sends a message as it is, past any batch. */
  void sendRaw(byte[] message, boolean binary) {
    connection.sendAs(message, binary);
  }

  /** Returns the batch, which then costs every message a look at it. */
  OutboundBatch batch() {
    OutboundBatch existing = batch;
    if (existing == null) {
      existing = new OutboundBatch(connection, codec, batchInterval, heartbeat);
      batch = existing;
    }
    return existing;
  }

  /** The socket closes: what waits leaves before the close frame. */
  void flush() {
    OutboundBatch existing = batch;
    if (existing != null) {
      existing.stopBatching();
    }
  }

  /** The connection is lost, and with it what waits. */
  void discard() {
    OutboundBatch existing = batch;
    if (existing != null) {
      existing.cancelBatching();
    }
  }

  /** Returns whether what is sent now waits for a batch. Any thread. */
  boolean isBufferingBatch() {
    return openBatch() != null;
  }

  /** Returns whether the application has asked for one batch after the other. Any thread. */
  boolean isBatching() {
    OutboundBatch existing = batch;
    return existing != null && existing.isBatching();
  }

  private @Nullable OutboundBatch openBatch() {
    OutboundBatch existing = batch;
    return existing != null && existing.isBuffering() ? existing : null;
  }
}
