// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.cluster;

import io.socketcluster.benchmarks.load.ProcessTimes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes of a cluster.
 *
 * @param publishing the server at which is published
 * @param receiving the other servers
 * @param brokers what joins them
 * @param all all of these
 */
record ClusterProcesses(
    ProcessTimes publishing, ProcessTimes receiving, ProcessTimes brokers, ProcessTimes all) {
  static ClusterProcesses of(List<Long> servers, List<Long> brokers) {
    List<Long> all = new ArrayList<>(servers);
    all.addAll(brokers);
    return new ClusterProcesses(
        new ProcessTimes(servers.subList(0, 1)),
        new ProcessTimes(servers.subList(1, servers.size())),
        new ProcessTimes(brokers),
        new ProcessTimes(all));
  }

  /** Returns what they have used for these deliveries, at the publishing server and at all. */
  Cost costOf(long own, long delivered) throws IOException {
    return new Cost(
        own, delivered - own, publishing.all(), receiving.all(), brokers.all(), all.compilers());
  }
}
