// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.workers;

import io.socketcluster.client.AGClientSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Clients by the workers to which the kernel has given them. They do not reconnect. */
record SeatedClients(Map<Long, List<AGClientSocket>> byWorker) implements AutoCloseable {
  private static final int MOST_TRIES = 20;

  /**
   * Connects clients until each of two workers has enough of them.
   *
   * @param each how many a worker is to have
   */
  static SeatedClients connect(int port, int each) {
    SeatedClients clients = new SeatedClients(new TreeMap<>());
    for (int i = 0; i < MOST_TRIES * each && !clients.isComplete(each); i++) {
      AGClientSocket socket = Answers.client(port);
      socket.connect();
      List<AGClientSocket> there =
          clients.byWorker.computeIfAbsent(
              Answers.pidOf(socket).join(), worker -> new ArrayList<>());
      if (there.size() < each) {
        there.add(socket);
      } else {
        socket.disconnect();
      }
    }
    if (!clients.isComplete(each)) {
      throw new IllegalStateException("The clients are at " + clients.workers());
    }
    return clients;
  }

  private boolean isComplete(int each) {
    return byWorker.size() == 2 && byWorker.values().stream().allMatch(it -> it.size() == each);
  }

  Set<Long> workers() {
    return byWorker.keySet();
  }

  List<AGClientSocket> at(long worker) {
    return byWorker.getOrDefault(worker, List.of());
  }

  @Override
  public void close() {
    byWorker.values().forEach(sockets -> sockets.forEach(AGClientSocket::disconnect));
  }
}
