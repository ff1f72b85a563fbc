// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import io.socketcluster.store.Store;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.store.redis.RedisStore;

/** The store at a broker that is Redis: a class of its own, for its module may be missing. */
final class StoreInRedis {
  private StoreInRedis() {}

  static Store at(String url, StoreOptions options) {
    return RedisStore.at(url).options(options).build();
  }
}
