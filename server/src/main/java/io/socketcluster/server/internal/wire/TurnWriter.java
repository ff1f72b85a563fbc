// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one connection sends in a turn of its event loop. The first frame is held until the
 * turn ends: most often there is no other, and it goes to the system past the channel. Event loop
 * only.
 */
final class TurnWriter {
  private final ChannelHandlerContext ctx;
  private @Nullable Socket socket; // null: all goes through the channel
  private @Nullable ByteBuf held;
  private WaitingRule heldRule = WaitingRule.OWN;
  private boolean buffered = true; // the channel may have something that has not left
  private boolean dirty; // something was sent in this turn

  TurnWriter(ChannelHandlerContext ctx) {
    this.ctx = ctx;
  }

  /** The pipeline is as it will stay. */
  void upgraded() {
    socket = DirectSend.socketOf(ctx);
  }

  boolean isDirty() {
    return dirty;
  }

  /** Begins a turn, unless it has begun; returns whether this was the beginning. */
  boolean begin() {
    boolean begins = !dirty;
    dirty = true;
    return begins;
  }

  /** Holds the first frame of a turn. */
  void hold(ByteBuf frame, WaitingRule rule) {
    held = frame;
    heldRule = rule;
  }

  /** Returns the frame that was held, which the caller has to send or release, or null. */
  @Nullable ByteBuf takeHeld() {
    ByteBuf frame = held;
    letGo();
    return frame;
  }

  /** The rule of a publish refers to its message. */
  private void letGo() {
    held = null;
    heldRule = WaitingRule.OWN;
  }

  /** Returns the rule of the frame that is held. */
  WaitingRule heldRule() {
    return heldRule;
  }

  /** Returns whether the channel takes a frame without keeping it for a slow peer. */
  boolean mayWrite() {
    return (dirty || socket == null) ? ctx.channel().isWritable() : hasDrained();
  }

  /** Writes a frame. The channel changes the indices of what it writes; the frame may be shared. */
  void write(ByteBuf frame) {
    buffered = true;
    ctx.write(frame.duplicate(), ctx.voidPromise());
  }

  /** Ends the turn if it has one frame that can leave directly; returns whether it has. */
  boolean sendHeldAlone() {
    ByteBuf frame = held;
    Socket target = socket;
    if (frame == null || target == null || !hasDrained()) {
      return false;
    }
    letGo();
    dirty = false;
    sendDirectly(target, frame);
    return true;
  }

  /** Ends the turn. */
  void flush() {
    dirty = false;
    ctx.flush();
  }

  /** Returns whether the channel is known to have nothing that has not left. */
  boolean hasDrained() {
    if (buffered) {
      ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
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
}
