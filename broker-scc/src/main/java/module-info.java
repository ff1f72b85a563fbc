// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** A seat in a SocketCluster cluster of Node workers, and the state server of such a cluster. */
@NullMarked
module io.socketcluster.broker.scc {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.broker.cluster;
  requires transitive io.socketcluster.server;
  requires io.socketcluster.client;
  requires org.slf4j;

  exports io.socketcluster.broker.scc;
  exports io.socketcluster.broker.scc.state;
}
