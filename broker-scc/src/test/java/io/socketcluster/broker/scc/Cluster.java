// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.cluster.ClusterOptions;
import io.socketcluster.broker.scc.state.SccStateOptions;
import io.socketcluster.broker.scc.state.SccStateServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A state server in this JVM that tells changes soon, for the brokers and workers of a test. */
final class Cluster implements AutoCloseable {
  static final String KEY = "the key of the cluster";

  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration AFTER_THE_LOSS = Duration.ofMillis(500); // which is noticed first

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final int port;
  private SccStateServer state;

  private Cluster(SccStateServer state) {
    this.state = state;
    this.port = state.port();
  }

  static Cluster start() {
    return new Cluster(SccStateServer.listen(0, options().build()));
  }

  static SccStateOptions.Builder options() {
    return SccStateOptions.builder()
        .host("127.0.0.1")
        .authKey(KEY)
        .startupDelay(Duration.ZERO)
        .scaleOutDelay(SOON)
        .scaleBackDelay(AFTER_THE_LOSS)
        .retryDelay(SOON);
  }

  /** Returns what happened to channels: "+room" or "-room", and the URI of the broker. */
  List<String> log() {
    return log;
  }

  SccStateServer state() {
    return state;
  }

  int port() {
    return port;
  }

  String url() {
    return "scc://127.0.0.1:" + port();
  }

  /** Returns what makes an engine that moves fast and is patient with a slow machine. */
  SccBroker seat() {
    return seat(Duration.ofSeconds(20));
  }

  /** Returns what makes an engine that waits so long for an answer. */
  SccBroker seat(Duration timeout) {
    return SccBroker.at(url())
        .authKey(KEY)
        .moveDelay(Duration.ofMillis(100))
        .limits(
            ClusterOptions.DEFAULT
                .withTimeout(timeout)
                .withMaxReconnectDelay(Duration.ofMillis(200)));
  }

  AGBrokerEngine engine() {
    return seat().build();
  }

  /** Starts another state server on the port of the one that was stopped. */
  void startAgain() {
    state = SccStateServer.listen(port, options().build());
  }

  void stop() {
    state.close().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    stop();
  }
}
