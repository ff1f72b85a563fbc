// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import io.socketcluster.store.Store;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.store.testkit.StoreContract;
import org.junit.jupiter.api.AfterAll;

class SharedStoreContractTest extends StoreContract {
  private static final StoreServer SERVER = new StoreServer(0);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Override
  protected Store createStore(String name, StoreOptions options) {
    return SERVER.open(name, options);
  }

  @Override
  protected boolean isShared() {
    return true;
  }
}
