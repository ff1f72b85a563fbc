// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import io.socketcluster.broker.cluster.ClusterLink;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.cluster.LinkEvents;
import io.socketcluster.protocol.errors.BrokerError;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The seat of this server in a cluster: the state server names the brokers, which join workers. */
final class SccLink implements ClusterLink {
  private final SccOptions options;
  private final BrokerSeats seats;
  private final StateConnection state;

  SccLink(SccOptions options, LinkEvents engine) {
    this.options = options;
    String instanceId = UUID.randomUUID().toString();
    seats = new BrokerSeats(options, instanceId, engine);
    state = new StateConnection(options, instanceId, new FromState(engine));
  }

  private final class FromState implements StateConnection.Listener {
    private final LinkEvents engine;

    FromState(LinkEvents engine) {
      this.engine = engine;
    }

    @Override
    public void brokers(List<String> uris) {
      seats.setBrokers(uris);
    }

    @Override
    public void failed(BrokerError reason) {
      engine.notConnected(reason);
    }
  }

  @Override
  public String description() {
    return "the SCC cluster of " + options.state();
  }

  @Override
  public void start() {
    state.start();
  }

  @Override
  public void want(String channel) {
    seats.want(channel);
  }

  @Override
  public void unwant(String channel) {
    seats.unwant(channel);
  }

  @Override
  public CompletableFuture<Void> confirmation(String channel) {
    return seats.confirmation(channel);
  }

  @Override
  public CompletableFuture<Void> publish(ClusterMessage message) {
    return seats.publish(message);
  }

  @Override
  public CompletableFuture<Void> close() {
    state.close();
    return seats.close();
  }
}
