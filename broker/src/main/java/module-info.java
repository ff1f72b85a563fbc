// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** The exchange, the contract of a broker engine, and the broker that is built in. */
@NullMarked
module io.socketcluster.broker {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.core;

  exports io.socketcluster.broker;
  exports io.socketcluster.broker.history;
}
