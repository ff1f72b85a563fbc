// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.socketcluster.server.internal.limits.Admission;
import io.socketcluster.server.spi.WireFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A wire without a transport: what a socket sends is a list of texts. */
public final class MemoryWire implements Wire {
  /** A message is a frame. */
  public static final WireFormat TEXT = new Text();

  private final EventLoop loop;
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<String> losses = new CopyOnWriteArrayList<>();
  private volatile boolean reading = true;
  private boolean paced;
  private volatile @Nullable String closed;

  private static final class Text implements WireFormat {
    @Override
    public ByteBuf frame(ByteBufAllocator allocator, byte[] message) {
      return Unpooled.wrappedBuffer(message);
    }

    @Override
    public ByteBuf frame(ByteBufAllocator allocator, byte[] message, boolean binary) {
      return frame(allocator, message);
    }

    @Override
    public ByteBuf ping() {
      return Unpooled.EMPTY_BUFFER;
    }

    @Override
    public ByteBuf close(ByteBufAllocator allocator, int code, @Nullable String reason) {
      return Unpooled.EMPTY_BUFFER;
    }
  }

  public MemoryWire(EventLoop loop) {
    this.loop = loop;
  }

  /** Returns what was sent. Any thread. */
  public List<String> sent() {
    return List.copyOf(sent);
  }

  /** Returns the code and the reason with which the socket has closed, or null. Any thread. */
  public @Nullable String closed() {
    return closed;
  }

  /** Returns whether the socket wants to read. Any thread. */
  public boolean isReading() {
    return reading;
  }

  @Override
  public EventLoop eventLoop() {
    return loop;
  }

  @Override
  public WireFormat format() {
    return TEXT;
  }

  @Override
  public @Nullable Admission admission() {
    return null;
  }

  @Override
  public void handshakeEnds() {}

  @Override
  public void send(byte[] message) {
    if (closed == null) {
      sent.add(new String(message, UTF_8));
    }
  }

  @Override
  public void sendAs(byte[] message, boolean binary) {
    send(message);
  }

  @Override
  public void sendPing() {
    send(new byte[0]);
  }

  @Override
  public void sendPublish(ByteBuf frame, WaitingRule rule) {
    send(frame.toString(UTF_8).getBytes(UTF_8));
    frame.release();
  }

  @Override
  public boolean sendTogether(ByteBuf frames, WaitingRule rule) {
    return false;
  }

  @Override
  public void setReading(boolean wanted) {
    reading = wanted && !paced;
  }

  @Override
  public void setPaced(boolean isPaced) {
    paced = isPaced;
    reading = !paced;
  }

  @Override
  public void dropped(int size) {
    losses.add("dropped " + size);
  }

  @Override
  public void overflow() {
    losses.add("overflow");
  }

  /** Returns what was said of publishes that have no room. Any thread. */
  public List<String> losses() {
    return List.copyOf(losses);
  }

  @Override
  public void close(int code, @Nullable String reason) {
    if (closed == null) {
      closed = code + " " + reason;
    }
  }

  @Override
  public void terminate() {
    close(0, "terminated");
  }

  @Override
  public int pendingFrames() {
    return 0;
  }

  @Override
  public long pendingBytes() {
    return 0;
  }

  @Override
  public long heldBytes() {
    return 0;
  }

  @Override
  public void letGo() {}
}
