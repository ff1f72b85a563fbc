// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.netty.buffer.ByteBufAllocator;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.internal.middleware.ActionLine;
import io.socketcluster.server.internal.transport.WireConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the packets of one socket and sends them, in the order of the calls, at once or as a
 * batch. What is sent after a publish that the middleware is asked about waits for it, but for
 * answers. Event loop only, but for the questions.
 */
final class SocketWriter {
  private final WireConnection connection;
  private final CodecEngine codec;
  private final Duration batchInterval;
  private final Heartbeat heartbeat;
  private final OutboundMiddleware middleware;
  private volatile @Nullable OutboundBatch batch; // made by the first who wants it
  private boolean heldBack; // what the middleware knows too, without a look at another object

  SocketWriter(
      AGServerSocket socket,
      AGServerOptions options,
      CodecEngine codec,
      WireConnection connection,
      Heartbeat heartbeat,
      ActionLine line) {
    this.connection = connection;
    this.codec = codec;
    this.batchInterval = options.batchInterval();
    this.heartbeat = heartbeat;
    this.middleware = new OutboundMiddleware(socket, options, connection, this, line);
  }

  OutboundMiddleware middleware() {
    return middleware;
  }

  /** Publishes wait for the middleware, and what the application sends waits behind them. */
  void holdBack(boolean isHeldBack) {
    heldBack = isHeldBack;
  }

  void answer(ResponsePacket packet) {
    sendNow(codec.encode(packet));
  }

  void send(Packet packet) {
    byte[] message = codec.encode(packet);
    if (heldBack) {
      middleware.send(message);
    } else {
      sendNow(message);
    }
  }

  /** Sends an encoded message before all that waits for the middleware. */
  void sendNow(byte[] message) {
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

  /**
   * Sends what was published.
   *
   * @param asked whether there is a middleware to be asked first
   */
  void publish(LoopChannel.Delivery delivery, LoopChannel.Membership membership, boolean asked) {
    if (asked || heldBack) {
      middleware.publish(membership, delivery.data(), delivery.frame().retained());
    } else {
      sendPublish(delivery.frame());
    }
  }

  /** Sends a published message that this socket alone is sent. */
  void sendPublish(String channel, @Nullable Payload data) {
    byte[] message = codec.encodePublish(channel, data);
    OutboundBatch open = openBatch();
    if (open == null) {
      connection.sendPublish(connection.format().frame(ByteBufAllocator.DEFAULT, message));
    } else {
      open.add(message);
    }
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

  /** Returns how many messages wait for the middleware, a batch and the client. Any thread. */
  int pendingMessages() {
    OutboundBatch existing = batch;
    return connection.pendingFrames()
        + middleware.count()
        + (existing == null ? 0 : existing.count());
  }

  /** Returns how many bytes wait for the middleware, a batch and the client. Any thread. */
  long pendingBytes() {
    OutboundBatch existing = batch;
    return connection.pendingBytes()
        + middleware.bytes()
        + (existing == null ? 0 : existing.bytes());
  }

  private @Nullable OutboundBatch openBatch() {
    OutboundBatch existing = batch;
    return existing != null && existing.isBuffering() ? existing : null;
  }
}
