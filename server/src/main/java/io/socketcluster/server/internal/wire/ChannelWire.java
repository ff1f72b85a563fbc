// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SlowConsumerPolicy;
import io.socketcluster.server.internal.limits.Admission;
import io.socketcluster.server.spi.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * A wire over a channel of Netty. What the channel does not take waits in {@link WaitingFrames}.
 * The handler of the transport tells it of the channel's events. Event loop only, except for the
 * methods of {@link Wire} that say otherwise.
 */
public final class ChannelWire implements Wire {
  /** What a transport keeps of what came: a message that is not complete, or frames to be read. */
  public interface PartialInput {
    /** Returns how many bytes are kept. */
    int heldBytes();

    /** Releases them; nothing of what follows can be read then. */
    void letGo();

    /** Returns whether frames wait to be read. */
    boolean hasUnread();

    /** Runs a task once all frames that came have been read. */
    void whenRead(Runnable task);
  }

  private final ChannelHandlerContext ctx;
  private final LoopFlusher flusher;
  private final WireFormat format;
  private final AGServerOptions options;
  private final TurnWriter turn;
  private final ReadSwitch reads;
  private volatile @Nullable WaitingFrames waiting; // set on the event loop
  private @Nullable WireListener listener;
  private @Nullable PartialInput input;
  private @Nullable Admission admission; // set before the socket is made
  private boolean closing;
  private boolean overflown;

  public ChannelWire(
      ChannelHandlerContext ctx, LoopFlusher flusher, AGServerOptions options, WireFormat format) {
    this.ctx = ctx;
    this.flusher = flusher;
    this.format = format;
    this.options = options;
    this.turn = new TurnWriter(ctx);
    this.reads = new ReadSwitch(ctx.channel());
  }

  /** Sets who is told of what happens. Once. */
  public void bind(WireListener target) {
    listener = target;
  }

  /** Sets who keeps what is not complete of a message. Once. */
  public void readBy(PartialInput incoming) {
    input = incoming;
  }

  /** Sets with what the connection came in. Once, before the socket is made. */
  public void admitted(Admission given) {
    admission = given;
  }

  /** The pipeline is as it will stay. */
  public void upgraded() {
    turn.upgraded();
  }

  @Override
  public EventLoop eventLoop() {
    return channel().eventLoop();
  }

  private Channel channel() {
    return ctx.channel();
  }

  @Override
  public WireFormat format() {
    return format;
  }

  @Override
  public @Nullable Admission admission() {
    return admission;
  }

  @Override
  public void handshakeEnds() {
    Admission mine = admission;
    if (mine != null) {
      mine.over();
      admission = mine.limits() == null ? null : mine;
    }
  }

  @Override
  public boolean hasUnread() {
    PartialInput incoming = input;
    return incoming != null && incoming.hasUnread();
  }

  @Override
  public void whenRead(Runnable task) {
    PartialInput incoming = input;
    if (incoming == null) {
      task.run();
    } else {
      incoming.whenRead(task);
    }
  }

  /** Stops reading from the peer because frames that came wait to be read, or no longer. */
  public void setBehind(boolean behind) {
    reads.setBehind(behind);
  }

  // What is sent.

  @Override
  public void send(byte[] message) {
    if (!closing) {
      offer(format.frame(ctx.alloc(), message), WaitingRule.OWN);
    }
  }

  @Override
  public void sendAs(byte[] message, boolean binary) {
    if (!closing) {
      offer(format.frame(ctx.alloc(), message, binary), WaitingRule.OWN);
    }
  }

  @Override
  public void sendPing() {
    if (!closing) {
      offer(format.ping(), WaitingRule.OWN);
    }
  }

  /** Sends a frame that only the transport knows of, and takes over its reference. */
  public void sendFrame(ByteBuf frame) {
    if (closing) {
      frame.release();
    } else {
      offer(frame, WaitingRule.OWN);
    }
  }

  @Override
  public void sendPublish(ByteBuf frame, WaitingRule rule) {
    if (closing) {
      frame.release();
    } else {
      offer(frame, rule);
    }
  }

  @Override
  public boolean hasBacklog() {
    return waiting != null;
  }

  @Override
  public boolean sendTogether(ByteBuf frames, WaitingRule rule) {
    if (closing) {
      return true;
    }
    if (waiting != null || !turn.mayWrite()) {
      return false;
    }
    offer(frames.retain(), rule);
    return true;
  }

  /** Much that is written in one turn is flushed on the way: it is no sign of a slow peer. */
  private void offer(ByteBuf frame, WaitingRule rule) {
    if (overflown) { // what follows a message that had no room makes no sense without it
      frame.release();
      return;
    }
    if (!turn.isDirty() && waiting == null) {
      turn.hold(frame, rule);
      willFlush();
      return;
    }
    writeHeld();
    if (turn.isDirty() && waiting == null && !channel().isWritable()) {
      flush();
    }
    writeOrEnqueue(frame, rule);
  }

  private void willFlush() {
    if (turn.begin()) {
      flusher.add(this);
    }
  }

  private void writeHeld() {
    WaitingRule rule = turn.heldRule();
    ByteBuf frame = turn.takeHeld();
    if (frame != null) {
      writeOrEnqueue(frame, rule);
    }
  }

  private void writeOrEnqueue(ByteBuf frame, WaitingRule rule) {
    if (waiting == null && channel().isWritable()) {
      write(frame);
      willFlush();
    } else {
      enqueue(frame, rule);
    }
  }

  private void write(ByteBuf frame) {
    grew(frame);
    turn.write(frame);
  }

  private void enqueue(ByteBuf frame, WaitingRule rule) {
    WaitingFrames queue = waiting;
    if (queue == null) {
      queue = new WaitingFrames(options.outboundBufferLimit(), this);
      waiting = queue;
    }
    if (!queue.replace(frame, rule)) {
      SlowConsumerPolicy policy = rule.policyOr(options.slowConsumerPolicy());
      boolean isDroppable = policy != SlowConsumerPolicy.DISCONNECT;
      if (!hasRoom(queue, frame.readableBytes(), policy)) {
        frame.release();
        return;
      }
      queue.add(frame, rule, isDroppable);
    }
    grew(frame);
  }

  /** What is not dropped takes the place of others before the client is disconnected. */
  private boolean hasRoom(WaitingFrames queue, int size, SlowConsumerPolicy policy) {
    if (!queue.wouldExceed(size)) {
      return true;
    }
    boolean isDroppable = policy != SlowConsumerPolicy.DISCONNECT;
    SlowConsumerPolicy applied =
        !isDroppable && queue.hasDroppable() ? SlowConsumerPolicy.DROP_OLDEST : policy;
    return SlowConsumer.makeRoom(applied, queue, size, isDroppable, this);
  }

  private void grew(ByteBuf frame) {
    WireListener target = listener;
    if (target != null) {
      target.onGrew(frame.readableBytes());
    }
  }

  /** The turn ends: what it sent leaves. */
  void flush() {
    if (!turn.sendHeldAlone()) {
      writeHeld();
      turn.flush();
    }
  }

  /** The channel has room again, or has none any more. */
  public void onWritabilityChanged() {
    WaitingFrames queue = waiting;
    if (queue == null) {
      return;
    }
    while (channel().isWritable() && !queue.isEmpty()) {
      writeNext(queue);
    }
    flush();
    if (queue.isEmpty()) {
      waiting = null;
    }
  }

  private void writeNext(WaitingFrames queue) {
    ByteBuf next = queue.poll();
    if (next != null) {
      write(next);
    }
  }

  // What is too much.

  @Override
  public void dropped(int size) {
    WireListener target = listener;
    if (target != null) {
      target.onDropped(size);
    }
  }

  /** The caller may be in the middle of a walk over its subscribers. */
  @Override
  public void overflow() {
    WireListener target = listener;
    if (!overflown && target != null) {
      overflown = true;
      eventLoop().execute(target::onOverflow);
    }
  }

  @Override
  public int pendingFrames() {
    WaitingFrames queue = waiting;
    ChannelOutboundBuffer buffer = channel().unsafe().outboundBuffer();
    return (queue == null ? 0 : queue.count()) + (buffer == null ? 0 : framesIn(buffer));
  }

  /** The buffer counts what has been flushed; what has not counts as one frame when it is all. */
  private static int framesIn(ChannelOutboundBuffer buffer) {
    int flushed = buffer.size();
    return flushed == 0 && buffer.totalPendingWriteBytes() > 0 ? 1 : flushed;
  }

  @Override
  public long pendingBytes() {
    WaitingFrames queue = waiting;
    ChannelOutboundBuffer buffer = channel().unsafe().outboundBuffer();
    return (queue == null ? 0 : queue.bytes())
        + (buffer == null ? 0 : buffer.totalPendingWriteBytes());
  }

  @Override
  public long heldBytes() {
    PartialInput incoming = input;
    WaitingFrames queue = waiting;
    return (incoming == null ? 0 : incoming.heldBytes())
        + (queue == null ? 0 : queue.heldBytes())
        + FrameShares.heldBytes(channel().unsafe().outboundBuffer());
  }

  @Override
  public void letGo() {
    PartialInput incoming = input;
    if (incoming != null) {
      incoming.letGo();
    }
    if (!turn.hasDrained()) {
      ctx.close();
    }
  }

  // What is read.

  @Override
  public void setReading(boolean reading) {
    reads.setWanted(reading);
  }

  @Override
  public void setPaced(boolean paced) {
    reads.setPaced(paced);
  }

  /** Reads if nothing has stopped that: the channel may have come without. */
  public void startReading() {
    reads.apply();
  }

  /** So many bytes came. */
  public void onRead(int bytes) {
    reads.onRead(bytes);
  }

  // How it ends.

  /** Returns whether nothing of what comes matters any more but the last frame of the peer. */
  public boolean isClosing() {
    return closing;
  }

  @Override
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
    reads.readToTheEnd();
    ClosingTime.forAnswer(ctx, ctx.writeAndFlush(format.close(ctx.alloc(), code, reason)));
  }

  /** Answers the last frame of the peer with its code and closes the connection. */
  public void answerClose(int code) {
    if (closing) {
      ctx.close();
      return;
    }
    closing = true;
    writeHeld();
    releaseWaiting();
    reads.stop();
    ClosingTime.forLastFrame(ctx, ctx.writeAndFlush(format.close(ctx.alloc(), code, null)));
  }

  @Override
  public void terminate() {
    closing = true;
    reads.end();
    releaseWaiting();
    ctx.close();
  }

  /** The channel is closed. */
  public void onInactive() {
    closing = true;
    reads.end();
    releaseWaiting();
    Admission mine = admission;
    if (mine != null) {
      mine.gone();
    }
  }

  private void writeWaiting() {
    WaitingFrames queue = waiting;
    while (queue != null && !queue.isEmpty()) {
      writeNext(queue);
    }
    waiting = null;
  }

  private void releaseWaiting() {
    ByteBuf frame = turn.takeHeld();
    if (frame != null) {
      frame.release();
    }
    WaitingFrames queue = waiting;
    if (queue != null) {
      queue.releaseAll();
      waiting = null;
    }
  }
}
