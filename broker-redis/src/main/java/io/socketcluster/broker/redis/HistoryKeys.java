// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.codec.RedisCodec;
import java.nio.ByteBuffer;

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
    for (int tag = 0; SlotHash.getSlot(key) != slot; tag++) {
      key = joined("{" + tag + "}", name, "", SUFFIX);
    }
    return key;
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
