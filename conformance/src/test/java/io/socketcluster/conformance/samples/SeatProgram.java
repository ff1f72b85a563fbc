// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.scc.SccBroker;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;

/** A server beside workers on Node: docs/moving-from-node.md. */
public final class SeatProgram {
  private SeatProgram() {}

  /** Starts a server that takes a seat in a cluster. */
  public static AGServer start(int port, String stateUrl, String key) {
    AGBrokerEngine engine = SccBroker.at(stateUrl).authKey(key).instancePort(port).build();
    AGServer agServer =
        SocketCluster.create(AGServerOptions.builder().brokerEngine(engine).build());
    agServer.listen(port);
    return agServer;
  }
}
