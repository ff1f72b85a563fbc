// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Lays a masking key over a payload, and takes it off again (RFC 6455, 5.3). */
final class Mask {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Mask() {}

  /** Masks a whole payload. */
  static void apply(int key, byte[] payload) {
    long twice = twice(key);
    int i = 0;
    for (; i + Long.BYTES <= payload.length; i += Long.BYTES) {
      LONGS.set(payload, i, (long) LONGS.get(payload, i) ^ twice);
    }
    for (; i < payload.length; i++) {
      payload[i] ^= byteOf(key, i);
    }
  }

  /** Masks everything in a frame that follows its header. */
  static void apply(int key, ByteBuf frame, int headerLength) {
    long twice = twice(key);
    int start = frame.readerIndex() + headerLength;
    int length = frame.writerIndex() - start;
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      frame.setLong(start + i, frame.getLong(start + i) ^ twice);
    }
    for (; i < length; i++) {
      frame.setByte(start + i, frame.getByte(start + i) ^ byteOf(key, i));
    }
  }

  private static long twice(int key) {
    long low = key & 0xFFFF_FFFFL;
    return low | (low << Integer.SIZE);
  }

  private static byte byteOf(int key, int index) {
    return (byte) (key >>> (Integer.SIZE - Byte.SIZE - Byte.SIZE * (index % Integer.BYTES)));
  }
}
