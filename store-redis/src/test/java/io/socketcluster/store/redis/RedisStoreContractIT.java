// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.store.Store;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.store.testkit.StoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisStoreContractIT extends StoreContract {
  private static BrokerProcess server;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected Store createStore(String name, StoreOptions options) {
    return RedisServer.at(server).prefix(name + "[*]").options(options).build();
  }

  @Override
  protected boolean isShared() {
    return true;
  }
}
