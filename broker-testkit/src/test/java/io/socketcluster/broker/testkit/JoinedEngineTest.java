// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import io.socketcluster.broker.AGBrokerEngine;

/** The rules of clusters can be kept. */
class JoinedEngineTest extends BrokerEngineContract {
  @Override
  protected AGBrokerEngine createEngine(String cluster) {
    return new JoinedEngine(cluster);
  }

  @Override
  protected boolean joinsEngines() {
    return true;
  }
}
