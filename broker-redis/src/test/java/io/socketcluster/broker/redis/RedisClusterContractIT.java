// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.testkit.BrokerEngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class RedisClusterContractIT extends BrokerEngineContract {
  private static RedisCluster servers;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    servers = RedisCluster.start(folder);
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @Override
  protected AGBrokerEngine createEngine(String cluster) {
    return RedisBroker.at(servers.url()).prefix(cluster).build();
  }

  @Override
  protected boolean joinsEngines() {
    return true;
  }
}
