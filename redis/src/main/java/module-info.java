// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** Addresses and clients of Redis, for the modules of this project only. */
@NullMarked
@SuppressWarnings("module") // the modules above, which are compiled later
module io.socketcluster.redis {
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.protocol;
  requires transitive lettuce.core;

  exports io.socketcluster.redis to
      io.socketcluster.broker.redis,
      io.socketcluster.store.redis;
}
