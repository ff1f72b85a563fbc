// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which broker is responsible for a channel. Immutable. */
interface ChannelMapper {
  /** Returns the URI of the broker, or null when there is no broker. */
  @Nullable String brokerOf(String channel);

  /** Creates the mapper for the brokers of a cluster, in the order in which they were received. */
  static ChannelMapper of(SccMapping mapping, List<String> brokers) {
    return switch (mapping) {
      case SKELETON_RENDEZVOUS -> new RendezvousMapper(brokers);
      case SIMPLE -> new SimpleMapper(brokers);
    };
  }
}
