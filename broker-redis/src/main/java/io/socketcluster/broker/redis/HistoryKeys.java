// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.codec.RedisCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The names of the streams of channels: {@code {PREFIX:NAME}:history}. All keys of a channel are in
 * the slot of the channel, for one script uses them and publishes. A name with braces may have a
 * slot that its stream would not have; a number with the same slot is put before it then.
 * Immutable.
 */
final class HistoryKeys implements RedisCodec<String, byte[]> {
  private static final byte[] SUFFIX = ":history".getBytes(US_ASCII);

  private final ChannelCodec codec;

  HistoryKeys(ChannelCodec codec) {
    this.codec = codec;
  }

  @Override
  public ByteBuffer encodeKey(String channel) {
    return ByteBuffer.wrap(stream(channel));
  }

  /** Returns the name of the channel in Redis. */
  byte[] channel(String channel) {
    return decodeValue(codec.encodeKey(channel));
  }

  byte[] stream(String channel) {
    byte[] name = channel(channel);
    byte[] key = joined("{", name, "}", SUFFIX);
    int slot = SlotHash.getSlot(name);
    return SlotHash.getSlot(key) == slot
        ? key
        : joined("{" + Tags.OF_SLOT[slot] + "}", name, "", SUFFIX);
  }

  /** The smallest number of each slot. The table is made for the first name with braces. */
  private static final class Tags {
    static final int[] OF_SLOT = new int[SlotHash.SLOT_COUNT];

    static {
      Arrays.fill(OF_SLOT, -1);
      int left = OF_SLOT.length;
      for (int tag = 0; left > 0; tag++) {
        int slot = SlotHash.getSlot(Integer.toString(tag));
        if (OF_SLOT[slot] < 0) {
          OF_SLOT[slot] = tag;
          left--;
        }
      }
    }
  }

  /** Returns the name of the hash beside the stream. */
  byte[] state(String channel) {
    return joined("", stream(channel), "-state", new byte[0]);
  }

  private static byte[] joined(String first, byte[] second, String third, byte[] fourth) {
    return ByteBuffer.allocate(first.length() + second.length + third.length() + fourth.length)
        .put(first.getBytes(US_ASCII))
        .put(second)
        .put(third.getBytes(US_ASCII))
        .put(fourth)
        .array();
  }

  @Override
  public String decodeKey(ByteBuffer bytes) {
    throw new UnsupportedOperationException("no script returns a key");
  }

  @Override
  public ByteBuffer encodeValue(byte[] value) {
    return codec.encodeValue(value);
  }

  @Override
  public byte[] decodeValue(ByteBuffer bytes) {
    return codec.decodeValue(bytes);
  }
}
