// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.socketcluster.core.connection.ConnectionTimer;
import io.socketcluster.core.connection.OutboundBatch;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.WireErrors;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.internal.events.SocketLines;
import io.socketcluster.server.internal.heartbeat.Heartbeat;
import io.socketcluster.server.internal.loop.LoopTasks;
import io.socketcluster.server.internal.loop.SweepSchedule;
import io.socketcluster.server.internal.memory.MemoryAccount;
import io.socketcluster.server.internal.wire.WaitingRule;
import io.socketcluster.server.internal.wire.Wire;
import io.socketcluster.server.spi.WireFormat;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the packets of one socket and sends them, in the order of the calls, at once or as a
 * batch. What is sent after a publish that the middleware is asked about waits for it, except
 * answers and calls. Event loop only, except the questions.
 */
public final class SocketWriter {
  private final Wire connection;
  private final CodecEngine codec;
  private final MemoryAccount account;
  private final SocketLines lines;
  private final Heartbeat heartbeat;
  private volatile @Nullable OutboundMiddleware middleware; // made when there is one
  private volatile @Nullable OutboundBatch batch; // made by the first who wants it
  private boolean heldBack; // what the middleware knows too, without a look at another object

  public SocketWriter(
      Wire connection,
      CodecEngine codec,
      MemoryAccount account,
      SocketLines lines,
      Heartbeat heartbeat) {
    this.connection = connection;
    this.codec = codec;
    this.account = account;
    this.lines = lines;
    this.heartbeat = heartbeat;
  }

  /** Returns the event loop of the socket. Any thread. */
  public EventLoop eventLoop() {
    return connection.eventLoop();
  }

  /** Returns the socket as the application knows it. */
  public AGServerSocket socket() {
    return lines.socket();
  }

  /** Returns the codec of the socket. */
  public CodecEngine codec() {
    return codec;
  }

  /** Returns what the messages of the socket look like. */
  public WireFormat format() {
    return connection.format();
  }

  private OutboundMiddleware middleware() {
    OutboundMiddleware existing = middleware;
    if (existing == null) {
      existing = new OutboundMiddleware(lines, connection, this);
      middleware = existing;
    }
    return existing;
  }

  /** Publishes wait for the middleware, and what the application sends waits behind them. */
  void holdBack(boolean isHeldBack) {
    heldBack = isHeldBack;
  }

  /** Sends an answer, or that there is none if the codec fails to write it. */
  public void answer(ResponsePacket packet) {
    byte[] message = encoded(packet);
    if (message == null) {
      message = encoded(ResponsePacket.failure(packet.rid(), WireErrors.dehydrateUnexpected()));
    }
    if (message != null) {
      sendNow(message);
    }
  }

  private byte @Nullable [] encoded(Packet packet) {
    try {
      return codec.encode(packet);
    } catch (RuntimeException e) { // the codec may be the application's own
      lines.failed("The codec failed to write a packet", e);
      return null;
    }
  }

  public void send(Packet packet) {
    byte[] message = encoded(packet);
    if (message == null) {
      return;
    }
    if (heldBack) {
      middleware().send(message);
      account.grew(message.length);
    } else {
      sendNow(message);
    }
  }

  /**
   * Sends a call. The publish that the middleware is asked about may wait for its answer, so the
   * call passes publishes, and so does what the application sent before it. Returns false if the
   * codec fails to write it.
   */
  public boolean call(Packet packet) {
    byte[] message = encoded(packet);
    if (message == null) {
      return false;
    }
    if (heldBack) {
      middleware().passMessages();
    }
    sendNow(message);
    return true;
  }

  /** Sends an encoded message before all that waits for the middleware. */
  void sendNow(byte[] message) {
    LoopTasks.check(connection.eventLoop());
    OutboundBatch open = openBatch();
    if (open == null) {
      write(message);
    } else {
      add(open, message);
    }
  }

  private void write(byte[] message) {
    connection.send(message);
    lines.sent(message.length);
  }

  private void add(OutboundBatch open, byte[] message) {
    open.add(message);
    account.grew(message.length);
  }

  public void transmit(String event, @Nullable Payload data) {
    send(EventPacket.transmit(event, data));
  }

  /**
   * Sends what was published.
   *
   * @param data the data in the frame
   * @param asked whether there is a middleware to be asked first
   */
  public void publish(
      SharedFrame frame, @Nullable Payload data, Recipient recipient, boolean asked) {
    if (heldBack || (asked && !allows(frame, data, recipient))) {
      publishAsked(frame, data, recipient);
    } else {
      sendPublish(frame);
    }
  }

  /**
   * Asks a middleware that decides on the event loop. Returns whether the publish may be sent as it
   * is; otherwise {@link #publishAsked} has to follow, after the publishes before it.
   */
  public boolean allows(SharedFrame frame, @Nullable Payload data, Recipient recipient) {
    return middleware().allows(recipient, data, frame.message().length);
  }

  /** Sends a publish that was not allowed as it is, when and how it is decided. */
  public void publishAsked(SharedFrame frame, @Nullable Payload data, Recipient recipient) {
    int size = frame.frame().readableBytes();
    middleware().take(recipient, data, frame.retained());
    account.grew(size);
  }

  /** Sends a published message that this socket alone is sent. */
  public void sendPublish(String channel, @Nullable Payload data, WaitingRule rule) {
    byte[] message = codec.encodePublish(channel, data);
    OutboundBatch open = openBatch();
    if (open == null) {
      ByteBuf frame = connection.format().frame(ByteBufAllocator.DEFAULT, message);
      connection.sendPublish(frame, rule);
    } else {
      add(open, message);
    }
  }

  /**
   * Sends the frames of several publishes, all of which many sockets share; returns false when it
   * is not done that way, and nothing was sent.
   */
  public boolean publishTogether(ByteBuf frames, WaitingRule rule) {
    return !heldBack && openBatch() == null && connection.sendTogether(frames, rule);
  }

  /** Sends a published message that many sockets share. */
  public void sendPublish(SharedFrame frame) {
    sendPublish(frame, frame.rule());
  }

  private void sendPublish(SharedFrame frame, WaitingRule rule) {
    LoopTasks.check(connection.eventLoop());
    OutboundBatch open = openBatch();
    if (open == null) {
      connection.sendPublish(frame.frame().retain(), rule);
    } else {
      add(open, frame.message());
    }
  }

  /** Returns whether nothing waits for a middleware, so that a publish may be sent at once. */
  public boolean isFree() {
    return !heldBack;
  }

  /** Returns whether frames wait for the client, some of which may be dropped. */
  public boolean hasBacklog() {
    return connection.hasBacklog();
  }

  /** Sends a published message that many sockets share, and that is not dropped if it waits. */
  public void sendKept(SharedFrame frame) {
    sendPublish(frame, WaitingRule.KEPT);
  }

  /** Sends a message as it is, past any batch. */
  public void sendRaw(byte[] message, boolean binary) {
    connection.sendAs(message, binary);
    lines.sent(message.length);
  }

  /** Returns the batch, which then costs every message a look at it. */
  public OutboundBatch batch() {
    OutboundBatch existing = batch;
    if (existing == null) {
      Duration interval = lines.options().batchInterval();
      existing =
          new OutboundBatch(
              ConnectionTimer.of(TimeSource.system(), connection.eventLoop()),
              interval,
              this::sendBatch);
      batch = existing;
    }
    return existing;
  }

  /** Clients of version 1 cannot read batches before version 8 of theirs. */
  private void sendBatch(List<byte[]> messages) {
    if (heartbeat.version().mayBeOne()) {
      heartbeat.askIfUnknown(lines.options().pingTimeout());
      messages.forEach(this::write);
    } else {
      writeJoined(messages);
    }
  }

  private void writeJoined(List<byte[]> messages) {
    byte[] batch;
    try {
      batch = codec.join(messages);
    } catch (RuntimeException e) {
      lines.failed("The codec failed to write a batch", e);
      return;
    }
    write(batch);
  }

  /**
   * Blocks what has waited too long for the middleware; returns in how many nanoseconds something
   * will have.
   */
  public long sweep(long now) {
    OutboundMiddleware existing = middleware;
    return existing == null ? SweepSchedule.NEVER : existing.sweep(now);
  }

  /** The middleware was removed. */
  public void middlewareRemoved() {
    OutboundMiddleware existing = middleware;
    if (existing != null) {
      existing.removed();
    }
  }

  /** The socket is closed: nothing waits for the middleware any more. */
  public void killMiddleware() {
    OutboundMiddleware existing = middleware;
    if (existing != null) {
      existing.kill();
    }
  }

  /** Returns how many frames wait for the middleware. Any thread. */
  public int heldBackFrames() {
    OutboundMiddleware existing = middleware;
    return existing == null ? 0 : existing.count();
  }

  private long heldBackBytes() {
    OutboundMiddleware existing = middleware;
    return existing == null ? 0 : existing.bytes();
  }

  /**
   * Returns about how many bytes are kept in memory for the middleware and a batch; what waits for
   * the client, its connection knows.
   */
  public long heldBytes() {
    OutboundMiddleware asked = middleware;
    OutboundBatch existing = batch;
    return (asked == null ? 0 : asked.heldBytes()) + (existing == null ? 0 : existing.bytes());
  }

  /** The socket closes: what waits leaves before the close frame. */
  public void flush() {
    OutboundBatch existing = batch;
    if (existing != null) {
      existing.stopBatching();
    }
  }

  /** The connection is lost, and with it what waits. */
  public void discard() {
    OutboundBatch existing = batch;
    if (existing != null) {
      existing.cancelBatching();
    }
  }

  /** Returns whether what is sent now waits for a batch. Any thread. */
  public boolean isBufferingBatch() {
    return openBatch() != null;
  }

  /** Returns whether the application has asked for one batch after the other. Any thread. */
  public boolean isBatching() {
    OutboundBatch existing = batch;
    return existing != null && existing.isBatching();
  }

  /** Returns how many messages wait for the middleware, a batch and the client. Any thread. */
  public int pendingMessages() {
    OutboundBatch existing = batch;
    return connection.pendingFrames()
        + heldBackFrames()
        + (existing == null ? 0 : existing.count());
  }

  /** Returns how many bytes wait for the middleware, a batch and the client. Any thread. */
  public long pendingBytes() {
    OutboundBatch existing = batch;
    return connection.pendingBytes() + heldBackBytes() + (existing == null ? 0 : existing.bytes());
  }

  private @Nullable OutboundBatch openBatch() {
    OutboundBatch existing = batch;
    return existing != null && existing.isBuffering() ? existing : null;
  }
}
