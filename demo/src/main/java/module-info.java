// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** The runnable demo server and its page. */
@NullMarked
module io.socketcluster.demo {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.server;
  requires io.socketcluster.engineio;
  requires io.socketcluster.http.fallback;
  requires io.socketcluster.socketio;
  requires io.socketcluster.broker.nats;
  requires io.socketcluster.broker.redis;
  requires io.socketcluster.broker.scc;
  requires org.slf4j;

  exports io.socketcluster.demo;
}
