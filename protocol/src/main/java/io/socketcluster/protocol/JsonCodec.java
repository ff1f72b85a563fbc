// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The default codec: JSON (RFC 8259) in text frames, as {@code socketcluster-protocol.md} has it.
 *
 * <p>Reading is strict and takes linear time. Only the envelope becomes Java values; {@link
 * Payload}s are checked slices of the message. White space around a message is allowed. The last of
 * several equal keys counts. Thread-safe, without state.
 */
public final class JsonCodec implements CodecEngine {
  private final JsonLimits limits;

  /** A codec with the {@linkplain JsonLimits#DEFAULT default limits}. */
  public JsonCodec() {
    this(JsonLimits.DEFAULT);
  }

  /** A codec with these limits for what it reads. */
  public JsonCodec(JsonLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /** False: JSON is text. */
  @Override
  public boolean isBinary() {
    return false;
  }

  /**
   * {@inheritDoc}
   *
   * <p>An object with a string {@code event} is an {@link EventPacket}; else one with an integer
   * {@code rid} is a {@link ResponsePacket}; every other message, and every other element of a
   * batch, is a {@link RawPacket} of the whole message. A {@code cid} or {@code rid} counts when it
   * is a number without a fraction within plus or minus 2^53.
   *
   * @throws MalformedMessageException with 1007 if the message is no valid UTF-8, with 1008 if it
   *     is over one of the {@link JsonLimits}
   */
  @Override
  public List<Packet> decode(byte[] message) {
    return new PacketDecoder(message, limits).decode();
  }

  @Override
  public byte[] encode(Packet packet) {
    return PacketEncoder.encode(packet);
  }

  @Override
  public byte[] encode(List<Packet> batch) {
    return PacketEncoder.encode(batch);
  }

  /**
   * {@inheritDoc}
   *
   * <p>An array of the messages as they are.
   */
  @Override
  public byte[] join(List<byte[]> messages) {
    return PacketEncoder.join(messages);
  }

  @Override
  public byte[] encodePublish(String channel, @Nullable Payload data) {
    return PacketEncoder.encodePublish(channel, data);
  }
}
