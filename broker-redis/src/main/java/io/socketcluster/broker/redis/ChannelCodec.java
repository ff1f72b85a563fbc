// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.codec.RedisCodec;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * The names of channels in Redis, whose own channels are any bytes: {@code PREFIX:NAME} in UTF-8. A
 * name with half a surrogate pair has no UTF-8; it becomes {@code PREFIX;} and its UTF-16 units. No
 * two names are the same bytes. Values are bytes as they are. Immutable.
 */
final class ChannelCodec implements RedisCodec<String, byte[]> {
  private final byte[] ofText;
  private final byte[] ofUnits;

  ChannelCodec(String prefix) {
    ofText = (prefix + ":").getBytes(UTF_8);
    ofUnits = (prefix + ";").getBytes(UTF_8);
  }

  @Override
  public ByteBuffer encodeKey(String channel) {
    try {
      return joined(ofText, UTF_8.newEncoder().encode(CharBuffer.wrap(channel)));
    } catch (CharacterCodingException e) {
      ByteBuffer units = ByteBuffer.allocate(2 * channel.length());
      units.asCharBuffer().put(channel); // a charset would replace the half of a pair
      return joined(ofUnits, units);
    }
  }

  private static ByteBuffer joined(byte[] prefix, ByteBuffer name) {
    return ByteBuffer.allocate(prefix.length + name.remaining()).put(prefix).put(name).flip();
  }

  /** Of names that {@link #encodeKey} made: Redis tells of no other that was not asked for. */
  @Override
  public String decodeKey(ByteBuffer bytes) {
    byte[] name = decodeValue(bytes);
    int begin = ofText.length;
    boolean isText = name.length >= begin && name[begin - 1] == ':';
    return isText
        ? new String(name, begin, name.length - begin, UTF_8)
        : ByteBuffer.wrap(name, begin, name.length - begin).asCharBuffer().toString();
  }

  @Override
  public ByteBuffer encodeValue(byte[] value) {
    return ByteBuffer.wrap(value);
  }

  @Override
  public byte[] decodeValue(ByteBuffer bytes) {
    byte[] value = new byte[bytes.remaining()];
    bytes.get(value);
    return value;
  }
}
