// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** The broker engine on Redis and Valkey. */
@NullMarked
module io.socketcluster.broker.redis {
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.broker.cluster;
  requires io.socketcluster.redis;

  exports io.socketcluster.broker.redis;
}
