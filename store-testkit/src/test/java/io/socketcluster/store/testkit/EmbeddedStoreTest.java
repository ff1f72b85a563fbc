// SPDX-License-Identifier: MIT
package io.socketcluster.store.testkit;

import io.socketcluster.store.Store;
import io.socketcluster.store.StoreOptions;

class EmbeddedStoreTest extends StoreContract {
  @Override
  protected Store createStore(String name, StoreOptions options) {
    return Store.embedded(options);
  }
}
