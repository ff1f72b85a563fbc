// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.testkit.BrokerEngineContract;
import io.socketcluster.broker.testkit.BrokerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisContractIT extends BrokerEngineContract {
  private static BrokerProcess server;

  @BeforeAll
  static void start() {
    server = RedisServers.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected AGBrokerEngine createEngine(String cluster) {
    return RedisBroker.at(RedisServers.url(server)).prefix(cluster).build();
  }

  @Override
  protected boolean joinsEngines() {
    return true;
  }
}
