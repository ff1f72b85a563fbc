// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.JsonLimits;
import io.socketcluster.protocol.MalformedMessageException;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.RawPacket;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The codec of the npm package {@code sc-codec-min-bin}: MessagePack in binary frames, with short
 * forms for the packets. Both ends of a connection must use it.
 *
 * <p>What it writes is byte for byte what that package writes: whole numbers within 32 bits in
 * their shortest form, all other numbers as float 64. Bytes are MessagePack's bin: a {@code byte[]}
 * given to {@link Payload#of}, and every JSON object of the form {@code
 * {"base64":true,"data":"..."}}. A payload that came in MessagePack leaves as it came.
 *
 * <p>Absent data cannot be told from null in these forms: a received packet always has data, and an
 * answer whose error is nil is a success. Reading is strict and takes linear time; no length that a
 * message claims is trusted. Thread-safe, without state.
 */
public final class MinBinCodec implements CodecEngine {
  private final JsonLimits limits;

  /** A codec with the {@linkplain JsonLimits#DEFAULT default limits}. */
  public MinBinCodec() {
    this(JsonLimits.DEFAULT);
  }

  /**
   * A codec with these limits for what it reads. Numbers have a fixed size here, so that only the
   * depth and the number of values count; bytes count as one level, an extension type as two, as in
   * JSON.
   */
  public MinBinCodec(JsonLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /** True: MessagePack is binary. */
  @Override
  public boolean isBinary() {
    return true;
  }

  /**
   * {@inheritDoc}
   *
   * <p>A message that is no packet is a {@link RawPacket}: of the text itself if the message is a
   * string, of the message as JSON otherwise. Packets in the long form, {@code {event, data, cid}}
   * and {@code {rid, error, data}}, are read too. In trees and JSON, bytes are binary nodes and
   * {@code {"base64":true,"data":"..."}}, an extension type is {@code {"type":..,"buffer":bytes}},
   * and whole numbers used as names are their digits.
   *
   * @throws MalformedMessageException with 1007 if the message is no MessagePack, is cut off, has
   *     something behind its end or a string that is no valid UTF-8; with 1008 if it is too deep
   */
  @Override
  public List<Packet> decode(byte[] message) {
    return new PacketReader(message, limits).read();
  }

  /** Writes one packet as a message. A {@link RawPacket} is written as a string. */
  @Override
  public byte[] encode(Packet packet) {
    return PacketWriter.write(packet);
  }

  @Override
  public byte[] encode(List<Packet> batch) {
    return PacketWriter.write(batch);
  }

  /**
   * {@inheritDoc}
   *
   * <p>An array of the messages as they are.
   */
  @Override
  public byte[] join(List<byte[]> messages) {
    return PacketWriter.join(messages);
  }

  /**
   * {@inheritDoc}
   *
   * <p>In this codec's short form, {@code {"p":[channel, data]}}, where null is nil.
   */
  @Override
  public byte[] encodePublish(String channel, @Nullable Payload data) {
    return PacketWriter.writePublish(channel, data);
  }
}
