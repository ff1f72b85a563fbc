// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import io.socketcluster.broker.history.HistoryBounds;
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
 * @param bounds how much the broker keeps of the channel when it takes this message over, or null
 *     if it keeps nothing
 */
public record ClusterMessage(
    String channel, @Nullable Payload data, @Nullable HistoryBounds bounds) {
  private static final JsonCodec CODEC =
      new JsonCodec(new JsonLimits(1_000, 10_000, Integer.MAX_VALUE));

  /** Creates a message that the broker does not keep. */
  public ClusterMessage(String channel, @Nullable Payload data) {
    this(channel, data, null);
  }

  /**
   * Returns a message whose data a broker has kept.
   *
   * @param json the data as JSON in UTF-8, or nothing for no data
   * @return null when the bytes are no JSON
   */
  public static @Nullable ClusterMessage ofData(String channel, byte[] json) {
    Payload data = json.length == 0 ? null : Payload.ofJson(json, 0, json.length);
    return of(new ClusterMessage(channel, data).toBytes());
  }

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
