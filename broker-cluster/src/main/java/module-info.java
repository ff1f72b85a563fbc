// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** The part that all broker engines for many machines have in common. */
@NullMarked
module io.socketcluster.broker.cluster {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.broker;

  exports io.socketcluster.broker.cluster;
}
