// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** Server-sent events and POST in the place of a WebSocket, on the port of a server. */
@NullMarked
module io.socketcluster.http.fallback {
  requires static transitive org.jspecify;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires io.socketcluster.http.sessions;
  requires transitive io.socketcluster.server;

  exports io.socketcluster.http.fallback;
}
