// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** Sessions that outlive their HTTP requests, for transports on the HTTP port of a server. */
@NullMarked
@SuppressWarnings("module") // the modules above, which are compiled later
module io.socketcluster.http.sessions {
  requires static transitive org.jspecify;
  requires io.netty.common;
  requires io.socketcluster.websocket;
  requires transitive io.netty.buffer;
  requires transitive io.netty.transport;
  requires transitive io.socketcluster.server;

  exports io.socketcluster.http.sessions to
      io.socketcluster.engineio,
      io.socketcluster.http.fallback,
      io.socketcluster.socketio;
}
