// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages into packets and back: the {@code codecEngine} option of SocketCluster. One engine
 * serves all sockets, so it must be thread-safe.
 */
public interface CodecEngine {
  /** Whether encoded messages leave as binary WebSocket frames; as text frames otherwise. */
  boolean isBinary();

  /**
   * Reads one message, which is one packet or a batch of them.
   *
   * @param message owned by the engine from now on: packets may refer to it, so it must not change
   * @return the packets in order; unmodifiable. A message in none of the protocol's forms is one
   *     {@link RawPacket}
   * @throws MalformedMessageException if the connection must be closed because of this message
   */
  List<Packet> decode(byte[] message);

  /** Writes one packet as a message. A {@link RawPacket} is written as it is. */
  byte[] encode(Packet packet);

  /**
   * Writes several packets as one message.
   *
   * @throws IllegalArgumentException if one of them is a {@link RawPacket}: it has no form in a
   *     batch
   */
  byte[] encode(List<Packet> batch);

  /**
   * Joins messages that this engine has written, each with one packet, to the message of their
   * batch: what {@link #encode(List)} returns for those packets. This one decodes them; an engine
   * that can do without it overrides this.
   */
  default byte[] join(List<byte[]> messages) {
    List<Packet> batch = new ArrayList<>(messages.size());
    messages.forEach(message -> batch.addAll(decode(message)));
    return encode(batch);
  }

  /**
   * Writes the delivery of a publish, {@code {"event":"#publish","data":{"channel":..,"data":..}}},
   * once for all subscribers.
   *
   * @param data what was published; null leaves the key out
   */
  byte[] encodePublish(String channel, @Nullable Payload data);
}
