// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import io.socketcluster.broker.cluster.BrokerConnection;
import io.socketcluster.broker.cluster.BrokerConnector;
import io.socketcluster.broker.cluster.ConnectionEvents;
import io.socketcluster.broker.scc.internal.InstanceUri;
import io.socketcluster.protocol.errors.BrokerError;

/** Opens connections to one broker of a cluster. */
final class SccConnector implements BrokerConnector {
  private final SccOptions options;
  private final String instanceId;
  private final String uri;
  private final Peer peer;

  SccConnector(SccOptions options, String instanceId, String uri) {
    this.options = options;
    this.instanceId = instanceId;
    this.uri = uri;
    this.peer = new Peer(options, "the broker " + uri);
  }

  @Override
  public String description() {
    return peer.name();
  }

  @Override
  public BrokerConnection connect(ConnectionEvents events) throws InterruptedException {
    InstanceUri address = InstanceUri.parse(uri);
    if (address == null) {
      throw new BrokerError("The state server names " + peer.name() + ", which is no address");
    }
    return new SccConnection(
        peer.open(
            peer.connection()
                .secure(address.secure())
                .hostname(address.host())
                .port(address.port())
                .query("poolIndex", "0")),
        instanceId,
        options.limits().timeout(),
        events);
  }
}
