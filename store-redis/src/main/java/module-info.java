// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** The shared store on Redis and Valkey. */
@NullMarked
module io.socketcluster.store.redis {
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.store;
  requires io.socketcluster.redis;
  requires org.slf4j;

  exports io.socketcluster.store.redis;
}
