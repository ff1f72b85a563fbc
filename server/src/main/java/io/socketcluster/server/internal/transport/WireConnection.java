// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SlowConsumerPolicy;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of one WebSocket connection. Event loop only, but for the two getters that count
 * what waits.
 */
public final class WireConnection {
  private static final int CLOSE_TIMEOUT_SECONDS = 5;

  private final ChannelHandlerContext ctx;
  private final Channel channel;
  private final LoopFlusher flusher;
  private final WireFormat format;
  private final int bufferLimit;
  private final SlowConsumerPolicy policy;
  private volatile @Nullable OutboundQueue waiting; // set on the event loop
  private @Nullable WireListener listener;
  private boolean dirty;
  private boolean closing;
  private boolean overflown;

  WireConnection(
      ChannelHandlerContext ctx, LoopFlusher flusher, AGServerOptions options, WireFormat format) {
    this.ctx = ctx;
    this.channel = ctx.channel();
    this.flusher = flusher;
    this.format = format;
    this.bufferLimit = options.outboundBufferLimit();
    this.policy = options.slowConsumerPolicy();
  }

  void bind(WireListener target) {
    listener = target;
  }

  /** Returns the event loop of the connection. Any thread. */
  public EventLoop eventLoop() {
    return channel.eventLoop();
  }

  /** Returns the channel of the connection. Any thread. */
  public Channel channel() {
    return channel;
  }

  /** Returns what its messages look like. Any thread. */
  public WireFormat format() {
    return format;
  }

  /** Sends an encoded message. */
  public void send(byte[] message) {
    if (!closing) {
      offer(format.frame(ctx.alloc(), message), false);
    }
  }

  /** Sends a message of the application's own, whatever the codec sends. */
  public void sendAs(byte[] message, boolean binary) {
    if (!closing) {
      offer(format.frame(ctx.alloc(), message, binary), false);
    }
  }

  /** Sends the ping of protocol version 2. */
  public void sendPing() {
    if (!closing) {
      offer(Frames.emptyText(), false);
    }
  }

  /** Sends a published frame and takes over one reference to it. It may be dropped by policy. */
  public void sendPublish(ByteBuf frame) {
    if (closing) {
      frame.release();
    } else {
      offer(frame, true);
    }
  }

  /** Stops or starts reading from the peer: TCP holds it back. */
  public void setReading(boolean reading) {
    channel.config().setAutoRead(reading);
  }

  /**
   * Sends what waits, then a close frame, and closes the connection when the peer has answered or
   * after five seconds. Nothing is sent after this.
   */
  public void close(int code, @Nullable String reason) {
    if (closing) {
      return;
    }
    closing = true;
    if (overflown) {
      releaseWaiting();
    }
    writeWaiting();
    channel.config().setAutoRead(true); // the peer's close frame has to be seen
    ctx.writeAndFlush(Frames.close(ctx.alloc(), code, reason));
    channel.eventLoop().schedule(() -> channel.close(), CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /** Answers the peer's close frame with its code and closes the connection. */
  void answerClose(int code) {
    if (closing) {
      channel.close();
      return;
    }
    closing = true;
    releaseWaiting();
    ctx.writeAndFlush(Frames.close(ctx.alloc(), code, null))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** Closes the TCP connection at once. */
  public void terminate() {
    closing = true;
    releaseWaiting();
    channel.close();
  }

  /** Returns how many frames wait for the peer to read them. Any thread. */
  public int pendingFrames() {
    OutboundQueue queue = waiting;
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return (queue == null ? 0 : queue.count()) + (buffer == null ? 0 : buffer.size());
  }

  /** Returns about how many bytes wait for the peer to read them. Any thread. */
  public long pendingBytes() {
    OutboundQueue queue = waiting;
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return (queue == null ? 0 : queue.bytes())
        + (buffer == null ? 0 : buffer.totalPendingWriteBytes());
  }

  void sendPong(byte[] payload) {
    if (!closing) {
      offer(Frames.pong(ctx.alloc(), payload), false);
    }
  }

  void onWritabilityChanged() {
    OutboundQueue queue = waiting;
    if (queue == null) {
      return;
    }
    while (channel.isWritable() && !queue.isEmpty()) {
      writeNext(queue);
    }
    flush();
    if (queue.isEmpty()) {
      waiting = null;
    }
  }

  void flush() {
    dirty = false;
    ctx.flush();
  }

  void onInactive() {
    closing = true;
    releaseWaiting();
  }

  /** Much that is written in one turn is flushed on the way: it is no sign of a slow peer. */
  private void offer(ByteBuf frame, boolean droppable) {
    if (dirty && waiting == null && !channel.isWritable()) {
      flush();
    }
    if (waiting == null && channel.isWritable()) {
      write(frame);
    } else {
      enqueue(frame, droppable);
    }
  }

  private void write(ByteBuf frame) {
    ctx.write(frame, ctx.voidPromise());
    if (!dirty) {
      dirty = true;
      flusher.add(this);
    }
  }

  private void enqueue(ByteBuf frame, boolean droppable) {
    OutboundQueue queue = waiting;
    if (queue == null) {
      queue = new OutboundQueue();
      waiting = queue;
    }
    if (isOverLimit(queue, frame) && !makeRoom(queue, frame, droppable)) {
      frame.release();
      return;
    }
    queue.add(frame, droppable);
  }

  private boolean isOverLimit(OutboundQueue queue, ByteBuf frame) {
    return queue.bytes() + frame.readableBytes() > bufferLimit;
  }

  /** Applies the policy; returns whether the frame may wait. */
  private boolean makeRoom(OutboundQueue queue, ByteBuf frame, boolean droppable) {
    if (policy == SlowConsumerPolicy.DROP_NEWEST && droppable) {
      return false;
    }
    if (policy != SlowConsumerPolicy.DISCONNECT) {
      queue.dropOldest(bufferLimit, frame.readableBytes());
      if (!isOverLimit(queue, frame)) {
        return true;
      }
    }
    overflow();
    return false;
  }

  /**
   * More waits for the peer than it may. The socket is told in a later turn: the caller may be in
   * the middle of a walk over its subscribers.
   */
  public void overflow() {
    WireListener target = listener;
    if (!overflown && target != null) {
      overflown = true;
      channel.eventLoop().execute(target::onOverflow);
    }
  }

  private void writeWaiting() {
    OutboundQueue queue = waiting;
    while (queue != null && !queue.isEmpty()) {
      writeNext(queue);
    }
    waiting = null;
  }

  private void writeNext(OutboundQueue queue) {
    ByteBuf next = queue.poll();
    if (next != null) {
      ctx.write(next, ctx.voidPromise());
    }
  }

  private void releaseWaiting() {
    OutboundQueue queue = waiting;
    if (queue != null) {
      queue.releaseAll();
      waiting = null;
    }
  }
}
