// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import io.socketcluster.broker.scc.mapping.ChannelMapper;
import io.socketcluster.broker.scc.mapping.RendezvousMapper;
import io.socketcluster.broker.scc.mapping.SimpleMapper;
import java.util.List;

/** How the workers of a cluster share out the channels among its brokers: all in the same way. */
public enum SccMapping {
  /** The default of {@code scc-broker-client}: few channels move when a broker joins or leaves. */
  SKELETON_RENDEZVOUS("skeletonRendezvous"),

  /** A hash of the channel modulo the number of brokers: most channels move with each change. */
  SIMPLE("simple");

  private final String value;

  SccMapping(String value) {
    this.value = value;
  }

  /** Returns the mapper for the brokers of a cluster, in the order in which they were received. */
  ChannelMapper mapper(List<String> brokers) {
    return switch (this) {
      case SKELETON_RENDEZVOUS -> new RendezvousMapper(brokers);
      case SIMPLE -> new SimpleMapper(brokers);
    };
  }

  /** Returns the name that {@code scc-broker-client} has for the mapping. */
  public String value() {
    return value;
  }
}
