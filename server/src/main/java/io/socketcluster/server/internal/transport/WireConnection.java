// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.Socket;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SlowConsumerPolicy;
import io.socketcluster.server.internal.limits.Admission;
import io.socketcluster.websocket.FrameReader;
import io.socketcluster.websocket.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of one WebSocket connection. Event loop only, but for the two getters that count
 * what waits.
 */
public final class WireConnection {
  private final ChannelHandlerContext ctx;
  private final Channel channel;
  private final LoopFlusher flusher;
  private final WireFormat format;
  private final AGServerOptions options;
  private volatile @Nullable OutboundQueue waiting; // set on the event loop
  private @Nullable Socket socket; // null: all goes through the channel
  private @Nullable ByteBuf held; // the first of this turn; most often there is no other
  private boolean heldIsDroppable;
  private boolean buffered = true; // the channel may have something that has not left
  private @Nullable WireListener listener;
  private @Nullable FrameReader reader;
  private @Nullable Admission admission; // set before the socket is made
  private boolean isWanted = true;
  private boolean isPaced;
  private boolean dirty;
  private boolean closing;
  private boolean overflown;
  private int readWhileClosing;

  WireConnection(
      ChannelHandlerContext ctx, LoopFlusher flusher, AGServerOptions options, WireFormat format) {
    this.ctx = ctx;
    this.channel = ctx.channel();
    this.flusher = flusher;
    this.format = format;
    this.options = options;
  }

  void bind(WireListener target) {
    listener = target;
  }

  void readBy(FrameReader incoming) {
    reader = incoming;
  }

  /** The pipeline is as it will stay. */
  void upgraded() {
    socket = DirectSend.socketOf(ctx);
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
      offer(FrameWriter.emptyText(), false);
    }
  }

  /**
   * Sends a published frame and takes over one reference to it. Its indices stay as they are, so it
   * can be shared. It may be dropped by policy.
   */
  public void sendPublish(ByteBuf frame) {
    if (closing) {
      frame.release();
    } else {
      offer(frame, true);
    }
  }

  /**
   * Sends several published frames in one piece, which can be shared. Returns false, and sends
   * nothing, when some may have to be dropped: then each has to be sent by itself.
   */
  public boolean sendTogether(ByteBuf frames) {
    if (closing) {
      return true;
    }
    if (waiting != null || !mayWrite()) {
      return false;
    }
    offer(frames.retain(), true);
    return true;
  }

  private boolean mayWrite() {
    return (dirty || socket == null) ? channel.isWritable() : hasDrained();
  }

  /** Stops or starts reading from the peer: TCP holds it back. */
  public void setReading(boolean reading) {
    isWanted = reading;
    applyReading();
  }

  /** Reads if nothing has stopped that: the channel may have come without. */
  void startReading() {
    applyReading();
  }

  /** Stops reading because the peer is too fast, or no longer: whatever else stops it. */
  public void setPaced(boolean paced) {
    isPaced = paced;
    applyReading();
  }

  private void applyReading() {
    if (!closing) {
      channel.config().setAutoRead(isWanted && !isPaced);
    }
  }

  /** Sets with what the connection came in. Once, before the socket is made. */
  void admitted(Admission given) {
    admission = given;
  }

  /** Returns with what the connection came in, or null when that does not matter any more. */
  public @Nullable Admission admission() {
    return admission;
  }

  /** The handshake is complete: nobody waits for it, and of its admission only limits count. */
  public void handshakeEnds() {
    Admission mine = admission;
    if (mine != null) {
      mine.over();
      admission = mine.limits() == null ? null : mine;
    }
  }

  /** Returns whether nothing of what comes matters any more but the close frame of the peer. */
  boolean isClosing() {
    return closing;
  }

  /** So many bytes came: of a connection that closes not all are read. */
  void onRead(int bytes) {
    if (closing) {
      readWhileClosing += bytes;
      if (readWhileClosing > ClosingTime.READ_LIMIT) {
        channel.config().setAutoRead(false);
      }
    }
  }

  /**
   * Sends what waits, then a close frame, and closes the connection when the peer has answered or
   * its {@link ClosingTime} is over. Nothing is sent after this.
   */
  public void close(int code, @Nullable String reason) {
    if (closing) {
      return;
    }
    closing = true;
    if (overflown) {
      releaseWaiting();
    }
    writeHeld();
    writeWaiting();
    channel.config().setAutoRead(true); // the peer's close frame has to be seen
    ClosingTime.forAnswer(
        channel, ctx.writeAndFlush(FrameWriter.SERVER.close(ctx.alloc(), code, reason)));
  }

  /** Answers the peer's close frame with its code and closes the connection. */
  void answerClose(int code) {
    if (closing) {
      channel.close();
      return;
    }
    closing = true;
    writeHeld();
    releaseWaiting();
    channel.config().setAutoRead(false);
    ClosingTime.forLastFrame(
        channel, ctx.writeAndFlush(FrameWriter.SERVER.close(ctx.alloc(), code, null)));
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
    return (queue == null ? 0 : queue.count()) + (buffer == null ? 0 : framesIn(buffer));
  }

  /** The buffer counts what has been flushed; what has not counts as one frame when it is all. */
  private static int framesIn(ChannelOutboundBuffer buffer) {
    int flushed = buffer.size();
    return flushed == 0 && buffer.totalPendingWriteBytes() > 0 ? 1 : flushed;
  }

  /** Returns about how many bytes wait for the peer to read them. Any thread. */
  public long pendingBytes() {
    OutboundQueue queue = waiting;
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return (queue == null ? 0 : queue.bytes())
        + (buffer == null ? 0 : buffer.totalPendingWriteBytes());
  }

  /**
   * Returns about how many bytes are kept in memory for the peer: to be read by it, and of a
   * message that has not come as a whole. A frame that others are sent, too, counts in part.
   */
  public long heldBytes() {
    FrameReader incoming = reader;
    OutboundQueue queue = waiting;
    return (incoming == null ? 0 : incoming.heldBytes())
        + (queue == null ? 0 : queue.heldBytes())
        + FrameShares.heldBytes(channel.unsafe().outboundBuffer());
  }

  /**
   * Lets go of all that is kept for the peer, once {@link #close} was called: what is not complete,
   * and what it does not read, its close frame included.
   */
  public void letGo() {
    FrameReader incoming = reader;
    if (incoming != null) {
      incoming.letGo();
    }
    if (!hasDrained()) {
      channel.close();
    }
  }

  void sendPong(byte[] payload) {
    if (!closing) {
      offer(FrameWriter.SERVER.pong(ctx.alloc(), payload), false);
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
    ByteBuf frame = held;
    Socket target = socket;
    if (frame != null && target != null && hasDrained()) {
      held = null;
      dirty = false;
      sendDirectly(target, frame);
    } else {
      writeHeld();
      dirty = false;
      ctx.flush();
    }
  }

  /** Returns whether the channel is known to have nothing that has not left. */
  private boolean hasDrained() {
    if (buffered) {
      ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
      buffered = buffer == null || buffer.totalPendingWriteBytes() > 0;
    }
    return !buffered;
  }

  /** What the system does not take goes through the channel, which tries again. */
  private void sendDirectly(Socket target, ByteBuf frame) {
    int sent = DirectSend.send(target, frame);
    if (sent == frame.readableBytes()) {
      frame.release();
    } else {
      buffered = true;
      ctx.writeAndFlush(frame.duplicate().skipBytes(sent), ctx.voidPromise());
    }
  }

  void onInactive() {
    closing = true;
    releaseWaiting();
    Admission mine = admission;
    if (mine != null) {
      mine.gone();
    }
  }

  /** Much that is written in one turn is flushed on the way: it is no sign of a slow peer. */
  private void offer(ByteBuf frame, boolean droppable) {
    if (!dirty && waiting == null) {
      hold(frame, droppable);
      return;
    }
    writeHeld();
    if (dirty && waiting == null && !channel.isWritable()) {
      flush();
    }
    writeOrEnqueue(frame, droppable);
  }

  private void hold(ByteBuf frame, boolean droppable) {
    held = frame;
    heldIsDroppable = droppable;
    willFlush();
  }

  private void writeHeld() {
    ByteBuf frame = held;
    if (frame != null) {
      held = null;
      writeOrEnqueue(frame, heldIsDroppable);
    }
  }

  private void writeOrEnqueue(ByteBuf frame, boolean droppable) {
    if (waiting == null && channel.isWritable()) {
      write(frame);
      willFlush();
    } else {
      enqueue(frame, droppable);
    }
  }

  /** The channel changes the indices of what it writes; the frame may be shared. */
  private void write(ByteBuf frame) {
    buffered = true;
    grew(frame);
    ctx.write(frame.duplicate(), ctx.voidPromise());
  }

  private void willFlush() {
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
    int size = frame.readableBytes();
    if (queue.wouldExceed(options.outboundBufferLimit(), size)
        && !makeRoom(queue, size, droppable)) {
      frame.release();
      return;
    }
    queue.add(frame, droppable);
    grew(frame);
  }

  private void grew(ByteBuf frame) {
    WireListener target = listener;
    if (target != null) {
      target.onGrew(frame.readableBytes());
    }
  }

  /** Applies the policy; returns whether a frame of this size may wait. */
  private boolean makeRoom(OutboundQueue queue, int size, boolean droppable) {
    SlowConsumerPolicy policy = options.slowConsumerPolicy();
    if (policy == SlowConsumerPolicy.DROP_NEWEST && droppable) {
      dropped(size);
      return false;
    }
    if (policy != SlowConsumerPolicy.DISCONNECT) {
      dropOldest(queue, size);
      if (!queue.wouldExceed(options.outboundBufferLimit(), size)) {
        return true;
      }
    }
    overflow();
    return false;
  }

  private void dropOldest(OutboundQueue queue, int size) {
    int freed = 0;
    while (freed >= 0 && queue.wouldExceed(options.outboundBufferLimit(), size)) {
      freed = queue.dropOldest();
      if (freed >= 0) {
        dropped(freed);
      }
    }
  }

  /** A publish of this size was left out, here or before it came here. */
  public void dropped(int size) {
    WireListener target = listener;
    if (target != null) {
      target.onDropped(size);
    }
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
      write(next);
    }
  }

  private void releaseWaiting() {
    ByteBuf frame = held;
    if (frame != null) {
      held = null;
      frame.release();
    }
    OutboundQueue queue = waiting;
    if (queue != null) {
      queue.releaseAll();
      waiting = null;
    }
  }
}
