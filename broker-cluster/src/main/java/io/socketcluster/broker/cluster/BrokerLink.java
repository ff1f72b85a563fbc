// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Joins an engine to the others through one broker. A connection that is lost is replaced.
 * Thread-safe.
 */
public final class BrokerLink implements ClusterLink {
  private final BrokerConnector connector;
  private final WantedChannels wanted = new WantedChannels();
  private final Outbox outbox;
  private final ConnectionKeeper keeper;
  private final HistoryReads reads;

  /**
   * Creates a link, which does not connect before its start.
   *
   * @param connector opens the connections to the broker
   * @param events learns what happens
   */
  public BrokerLink(BrokerConnector connector, ClusterOptions options, LinkEvents events) {
    this.connector = connector;
    outbox = new Outbox(options.outboxLimit(), options.outboxByteLimit());
    ReconnectDelay delay =
        new ReconnectDelay(
            options.maxReconnectDelay(), () -> ThreadLocalRandom.current().nextDouble());
    keeper = new ConnectionKeeper(connector, wanted, outbox, events, delay);
    reads = new HistoryReads(keeper::serving);
  }

  @Override
  public String description() {
    return connector.description();
  }

  @Override
  public void start() {
    keeper.start();
  }

  @Override
  public void want(String channel) {
    wanted.want(channel);
  }

  @Override
  public void unwant(String channel) {
    wanted.unwant(channel);
  }

  @Override
  public CompletableFuture<Void> confirmation(String channel) {
    return wanted.confirmation(channel);
  }

  @Override
  public CompletableFuture<Void> publish(ClusterMessage message) {
    return outbox.add(message);
  }

  @Override
  public boolean keepsHistories() {
    return connector.keepsHistories();
  }

  @Override
  public CompletableFuture<HistoryPage> read(HistoryRequest request) {
    return reads.read(request);
  }

  @Override
  public CompletableFuture<Void> close() {
    return keeper.close();
  }
}
