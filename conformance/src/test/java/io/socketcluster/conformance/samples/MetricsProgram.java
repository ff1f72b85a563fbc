// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.micrometer.core.instrument.MeterRegistry;
import io.socketcluster.micrometer.SocketClusterMetrics;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.jfr.JfrObserver;

/** The program of the guide on metrics. */
final class MetricsProgram {
  private MetricsProgram() {}

  static AGServer create(MeterRegistry registry) {
    SocketClusterMetrics metrics = new SocketClusterMetrics(registry);
    AGServer agServer =
        SocketCluster.create(AGServerOptions.builder().serverObserver(metrics).build());
    metrics.bindTo(agServer);
    return agServer;
  }

  static ServerObserver recorded(MeterRegistry registry) {
    ServerObserver observer = new SocketClusterMetrics(registry).andThen(new JfrObserver());
    return observer;
  }
}
