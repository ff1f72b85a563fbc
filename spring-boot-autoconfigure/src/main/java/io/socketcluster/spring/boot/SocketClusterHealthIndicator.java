// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.socketcluster.server.AGServer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up while the server serves its clients, with or without its broker engine, whose state is a
 * detail: a restart of this instance would not mend a broker.
 */
final class SocketClusterHealthIndicator implements HealthIndicator {
  private final AGServer server;

  SocketClusterHealthIndicator(AGServer server) {
    this.server = server;
  }

  @Override
  public Health health() {
    Health.Builder health = server.isServing() ? Health.up() : Health.outOfService();
    return health
        .withDetail("clients", server.clientsCount())
        .withDetail("broker", server.brokerEngine().isReady() ? "ready" : "not ready")
        .build();
  }
}
