// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.lab;

import java.util.List;

/**
 * Servers that are joined, each a process of its own.
 *
 * @param id its name in results
 * @param protocol what the clients speak
 * @param brokers what joins them, in the order of their starts; {@link #JOIN} in a later command
 *     stands for the port of the first
 * @param server starts a server
 * @param servers how many there are
 */
public record ClusterSetup(
    String id, String protocol, List<Contender> brokers, Contender server, int servers) {
  public static final String JOIN = "{join}";

  public ClusterSetup {
    brokers = List.copyOf(brokers);
  }
}
