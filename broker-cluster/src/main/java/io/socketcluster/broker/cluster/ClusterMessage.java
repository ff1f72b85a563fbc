// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.JsonLimits;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.InvalidMessageError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way between machines. Its form is the packet that a client would be sent, {@code
 * {"event":"#publish","data":{"channel":..,"data":..}}} in UTF-8, so that a program of any kind can
 * publish to the clients of a cluster.
 *
 * @param channel the channel it was published to
 * @param data what was published, or null when nothing was
 */
public record ClusterMessage(String channel, @Nullable Payload data) {
  private static final JsonCodec CODEC =
      new JsonCodec(new JsonLimits(1_000, 10_000, Integer.MAX_VALUE));

  /** Returns the bytes of the message. */
  public byte[] toBytes() {
    return CODEC.encodePublish(channel, data);
  }

  /**
   * Reads a message.
   *
   * @return null when the bytes are no message of an engine
   */
  public static @Nullable ClusterMessage of(byte[] bytes) {
    try {
      return of(CODEC.decode(bytes));
    } catch (InvalidMessageError e) {
      return null;
    }
  }

  private static @Nullable ClusterMessage of(List<Packet> packets) {
    if (packets.size() != 1
        || !(packets.getFirst() instanceof EventPacket packet)
        || packet.isInvoke()
        || !packet.event().equals(ReservedEvents.PUBLISH)) {
      return null;
    }
    String channel = packet.channel();
    return channel == null ? null : new ClusterMessage(channel, packet.channelData());
  }
}
