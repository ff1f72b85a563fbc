// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.mapping;

import org.jspecify.annotations.Nullable;

/** Says which broker is responsible for a channel. Immutable. */
public interface ChannelMapper {
  /** Returns the URI of the broker, or null when there is no broker. */
  @Nullable String brokerOf(String channel);
}
