// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** The broker engine on NATS. */
@NullMarked
module io.socketcluster.broker.nats {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.broker.cluster;
  requires io.nats.jnats;

  exports io.socketcluster.broker.nats;
}
