// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** Meters of a server in a Micrometer registry. */
@NullMarked
module io.socketcluster.micrometer {
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.server;
  requires transitive micrometer.core;

  exports io.socketcluster.micrometer;
}
