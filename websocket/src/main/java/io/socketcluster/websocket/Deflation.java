// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses and inflates messages (RFC 7692, 7.2), each on its own: what that needs belongs to no
 * connection. Thread-safe.
 */
public final class Deflation {
  /** What ends a flush: the sender leaves it out, the receiver adds it. */
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private static final int USUAL_RATIO = 4;
  private static final int LEAST_ROOM = 256;

  private final int threshold;
  private final ZipPool<Deflater> deflaters;
  private final ZipPool<Inflater> inflaters;

  /**
   * @param threshold how many bytes a message has at least that is compressed
   */
  public Deflation(int threshold, ZipPool<Deflater> deflaters, ZipPool<Inflater> inflaters) {
    this.threshold = threshold;
    this.deflaters = deflaters;
    this.inflaters = inflaters;
  }

  /** Gives back what is kept for the next message. */
  public void close() {
    deflaters.close();
    inflaters.close();
  }

  /** Returns the compressed frame of a message, or null when it is better sent as it is. */
  public @Nullable ByteBuf frame(
      FrameWriter writer, ByteBufAllocator allocator, byte[] message, boolean binary) {
    if (message.length < threshold) {
      return null;
    }
    Deflater deflater = deflaters.take();
    ByteBuf room = allocator.heapBuffer(message.length); // no more: it has to become smaller
    try {
      deflater.setInput(message);
      int length =
          deflater.deflate(room.array(), room.arrayOffset(), message.length, Deflater.SYNC_FLUSH);
      if (length == message.length) {
        return null;
      }
      room.writerIndex(length - TAIL.length);
      return writer.compressed(allocator, room, binary);
    } finally {
      room.release();
      deflaters.giveBack(deflater);
    }
  }

  /**
   * Returns a message as it was before its sender compressed it.
   *
   * @throws ProtocolViolation when it is not compressed data, or has more than {@code limit} bytes;
   *     no more are allocated
   */
  public byte[] inflate(ByteBufAllocator allocator, byte[] compressed, int limit) {
    long guess = Math.max((long) compressed.length * USUAL_RATIO, LEAST_ROOM);
    ByteBuf message = allocator.heapBuffer((int) Math.min(guess, limit), limit);
    Inflater inflater = inflaters.take();
    try {
      inflate(inflater, compressed, message);
      return ByteBufUtil.getBytes(message);
    } catch (DataFormatException e) {
      throw ProtocolViolation.ofData("Not compressed data", e);
    } finally {
      inflaters.giveBack(inflater);
      message.release();
    }
  }

  /** A last block may be marked as such: then one byte of padding may follow. */
  private static void inflate(Inflater inflater, byte[] compressed, ByteBuf message)
      throws DataFormatException {
    inflater.setInput(compressed);
    takeOutput(inflater, message);
    if (!inflater.finished()) {
      inflater.setInput(TAIL);
      takeOutput(inflater, message);
    } else if (inflater.getRemaining() > 1) {
      throw ProtocolViolation.ofData("Data behind the last block", null);
    }
  }

  private static void takeOutput(Inflater inflater, ByteBuf message) throws DataFormatException {
    int taken;
    do {
      if (!message.isWritable() && message.writerIndex() == message.maxCapacity()) {
        expectEnd(inflater);
        return;
      }
      message.ensureWritable(1);
      taken =
          inflater.inflate(
              message.array(),
              message.arrayOffset() + message.writerIndex(),
              message.writableBytes());
      message.writerIndex(message.writerIndex() + taken);
    } while (taken > 0);
  }

  private static void expectEnd(Inflater inflater) throws DataFormatException {
    if (inflater.inflate(new byte[1]) > 0) {
      throw ProtocolViolation.ofSize("A message became too long when it was inflated");
    }
  }
}
