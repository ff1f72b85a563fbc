// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** Meters of a server in a Micrometer registry, and observations of calls for traces. */
@NullMarked
module io.socketcluster.micrometer {
  requires static transitive io.socketcluster.client;
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.server;
  requires transitive micrometer.core;
  requires transitive micrometer.observation;

  exports io.socketcluster.micrometer;
}
