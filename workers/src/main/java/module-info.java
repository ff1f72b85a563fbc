// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** An application as workers: in one process, or in several that share a port and a broker. */
@NullMarked
@SuppressWarnings("module") // the modules above, which are compiled later
module io.socketcluster.workers {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.server;
  requires transitive io.socketcluster.store;
  requires static io.socketcluster.broker.nats;
  requires static io.socketcluster.broker.redis;
  requires io.socketcluster.broker.scc;
  requires io.socketcluster.client;
  requires static io.socketcluster.store.redis;
  requires org.slf4j;

  exports io.socketcluster.workers;
  exports io.socketcluster.workers.internal.log to
      io.socketcluster.cli;
}
