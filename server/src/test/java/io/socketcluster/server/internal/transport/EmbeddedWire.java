// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.wire.ChannelWire;
import io.socketcluster.server.internal.wire.LoopFlusher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A connection without a network, and its event loop, whose time stands still. */
public final class EmbeddedWire implements AutoCloseable {
  private static final int LONG_LENGTH = 126;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final ChannelWire connection;

  public EmbeddedWire(AGServerOptions options) {
    channel.freezeTime();
    ChannelInboundHandlerAdapter handler = new ChannelInboundHandlerAdapter();
    channel.pipeline().addLast(handler);
    connection =
        new ChannelWire(
            channel.pipeline().context(handler),
            new LoopFlusher(channel.eventLoop()),
            options,
            new WebSocketFormat(false));
  }

  public ChannelWire connection() {
    return connection;
  }

  public EventLoop eventLoop() {
    return channel.eventLoop();
  }

  /** Lets so much time pass for the event loop. */
  public void advance(long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runPendingTasks();
  }

  /** The channel takes frames, or no more of them. */
  public void setWritable(boolean isWritable) {
    Objects.requireNonNull(channel.unsafe().outboundBuffer())
        .setUserDefinedWritability(1, isWritable);
    connection.onWritabilityChanged();
    channel.runPendingTasks();
  }

  /** Returns the texts of the messages that were sent since the last call. */
  public List<String> sent() {
    channel.runPendingTasks();
    List<String> texts = new ArrayList<>();
    ByteBuf frames = channel.readOutbound();
    while (frames != null) {
      while (frames.isReadable()) {
        texts.add(textOf(frames));
      }
      frames.release();
      frames = channel.readOutbound();
    }
    return texts;
  }

  private static String textOf(ByteBuf frames) {
    frames.skipBytes(1);
    int length = frames.readByte();
    return frames
        .readCharSequence(length < LONG_LENGTH ? length : frames.readUnsignedShort(), UTF_8)
        .toString();
  }

  @Override
  public void close() {
    connection.terminate();
    channel.runPendingTasks();
    channel.finishAndReleaseAll();
  }
}
