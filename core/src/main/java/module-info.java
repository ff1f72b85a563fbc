// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/**
 * Types shared by both ends of a connection: requests, pending calls, channels, stream families.
 */
@NullMarked
@SuppressWarnings("module") // the modules above, which are compiled later
module io.socketcluster.core {
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.protocol;
  requires transitive io.socketcluster.stream;
  requires org.slf4j;

  exports io.socketcluster.core;
  exports io.socketcluster.core.time;
  exports io.socketcluster.core.failures to
      io.socketcluster.broker,
      io.socketcluster.client,
      io.socketcluster.server,
      io.socketcluster.sessions,
      io.socketcluster.store,
      io.socketcluster.workers;
  exports io.socketcluster.core.deltas to
      io.socketcluster.client,
      io.socketcluster.server;
  exports io.socketcluster.core.connection to
      io.socketcluster.client,
      io.socketcluster.server;
  exports io.socketcluster.core.streams to
      io.socketcluster.client,
      io.socketcluster.server;
  exports io.socketcluster.core.options to
      io.socketcluster.client,
      io.socketcluster.engineio,
      io.socketcluster.http.api,
      io.socketcluster.http.fallback,
      io.socketcluster.server,
      io.socketcluster.socketio,
      io.socketcluster.store,
      io.socketcluster.webhooks,
      io.socketcluster.workers;
}
