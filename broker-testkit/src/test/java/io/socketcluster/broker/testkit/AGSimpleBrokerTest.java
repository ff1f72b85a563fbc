// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGSimpleBroker;

class AGSimpleBrokerTest extends BrokerEngineContract {
  @Override
  protected AGBrokerEngine createEngine(String cluster) {
    return new AGSimpleBroker();
  }
}
