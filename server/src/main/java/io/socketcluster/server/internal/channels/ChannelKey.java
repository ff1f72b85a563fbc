// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import io.socketcluster.server.spi.WireFormat;

/**
 * A channel in one wire format: subscribers share a frame if they share its format.
 *
 * <p>The order is that of the names. Clients choose the names, also many of one hash code; a {@link
 * java.util.HashMap} finds a key among those by its order, and without one by trying all.
 *
 * @param hasPositions whether the messages have their positions in a history
 * @param hasDeltas whether the subscribers are sent the difference to the value before
 */
record ChannelKey(String channel, WireFormat format, boolean hasPositions, boolean hasDeltas)
    implements Comparable<ChannelKey> {
  @Override
  public int compareTo(ChannelKey other) {
    return channel.compareTo(other.channel);
  }
}
