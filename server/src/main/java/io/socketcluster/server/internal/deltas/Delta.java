// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.deltas;

import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.ChannelMessage.SharedEncoding;
import org.jspecify.annotations.Nullable;

/**
 * A message in the two forms that subscribers are sent.
 *
 * @param version the number of the message among those of its channel, without gaps
 * @param base the version of the value that the difference belongs to
 * @param difference null if there is none, or it would not be smaller
 */
public record Delta(
    long version, long base, ChannelMessage whole, @Nullable ChannelMessage difference)
    implements SharedEncoding {
  @Override
  public void release() {
    whole.delivered();
    if (difference != null) {
      difference.delivered();
    }
  }
}
