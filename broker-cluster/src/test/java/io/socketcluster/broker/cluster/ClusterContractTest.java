// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.testkit.BrokerEngineContract;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class ClusterContractTest extends BrokerEngineContract {
  private final Map<String, MemoryBroker> brokers = new ConcurrentHashMap<>();

  @Override
  protected AGBrokerEngine createEngine(String cluster) {
    MemoryBroker broker = brokers.computeIfAbsent(cluster, name -> new MemoryBroker());
    return new ClusterBroker(broker, ClusterOptions.DEFAULT);
  }

  @Override
  protected boolean joinsEngines() {
    return true;
  }
}
