// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import io.socketcluster.broker.cluster.BrokerLink;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.cluster.LinkEvents;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The link to one broker of a cluster, and whether it stands. Thread-safe. */
final class BrokerSeat implements LinkEvents {
  private final String uri;
  private final LinkEvents engine;
  private final Listener listener;
  private final BrokerLink link;
  private final CompletableFuture<Void> attempted = new CompletableFuture<>();
  private volatile boolean connected;
  private volatile @Nullable Problem failure; // the last
  private volatile CompletableFuture<Void> lastPublish = CompletableFuture.completedFuture(null);

  /** Learns when a link begins or ceases to stand. */
  interface Listener {
    void connected(BrokerSeat seat);

    void failed(BrokerSeat seat, BrokerError reason);
  }

  BrokerSeat(
      String uri, SccOptions options, String instanceId, Listener listener, LinkEvents engine) {
    this.uri = uri;
    this.engine = engine;
    this.listener = listener;
    this.link = new BrokerLink(new SccConnector(options, instanceId, uri), options.limits(), this);
  }

  String uri() {
    return uri;
  }

  BrokerLink link() {
    return link;
  }

  boolean isConnected() {
    return connected;
  }

  Problem failure() {
    Problem known = failure;
    return known == null ? Problem.of("There is no connection yet to the broker " + uri) : known;
  }

  /** Returns a future that completes after the first attempt to connect. */
  CompletableFuture<Void> attempted() {
    return attempted;
  }

  /** Publishes. The caller serializes the calls. */
  CompletableFuture<Void> publish(ClusterMessage message) {
    CompletableFuture<Void> published = link.publish(message);
    lastPublish = published;
    return published;
  }

  /** Returns a future that completes when everything published before has its answer. */
  CompletableFuture<Void> answered() {
    return lastPublish.exceptionally(failed -> null);
  }

  @Override
  public void connected() {
    connected = true;
    attempted.complete(null);
    listener.connected(this);
  }

  @Override
  public void disconnected(BrokerError reason) {
    disconnected(reason, Instant.now());
  }

  @Override
  public void disconnected(BrokerError reason, Instant since) {
    connected = false;
    failed(new Problem(reason, since));
  }

  @Override
  public void notConnected(BrokerError reason) {
    failed(new Problem(reason, Instant.now()));
  }

  private void failed(Problem problem) {
    failure = problem;
    attempted.complete(null);
    listener.failed(this, problem.reason());
  }

  @Override
  public void refused(Map<String, BrokerError> channels) {
    engine.refused(channels);
  }

  @Override
  public void received(ClusterMessage message) {
    engine.received(message);
  }

  @Override
  public void receivedForeign() {
    engine.receivedForeign();
  }

  @Override
  public void dropped(String reason) {
    engine.dropped(reason);
  }

  @Override
  public void dropped(String reason, Instant since) {
    engine.dropped(reason, since);
  }
}
