// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** Socket.IO 0.5 and 0.6 on the port of a server. */
@NullMarked
module io.socketcluster.socketio {
  requires static transitive org.jspecify;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires io.socketcluster.http.sessions;
  requires org.slf4j;
  requires transitive io.socketcluster.server;

  exports io.socketcluster.socketio;
}
