// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hash of a channel modulo the number of brokers, which count in the order received. */
public final class SimpleMapper implements ChannelMapper {
  private final List<String> brokers;

  /**
   * @param brokers their URIs, in the order in which the state server named them
   */
  public SimpleMapper(List<String> brokers) {
    this.brokers = List.copyOf(brokers);
  }

  @Override
  public @Nullable String brokerOf(String channel) {
    if (brokers.isEmpty()) {
      return null;
    }
    long hash = Math.abs((long) hash(Md5.hexOf(channel)));
    return brokers.get((int) (hash % brokers.size()));
  }

  /**
   * The hash of scc-broker-client begins with the digest itself where a number belongs. JavaScript
   * makes that 0 in the first step, so the first digit does not count.
   */
  private static int hash(String hex) {
    int hash = 0;
    for (int i = 1; i < hex.length(); i++) {
      hash = 31 * hash + hex.charAt(i);
    }
    return hash;
  }
}
