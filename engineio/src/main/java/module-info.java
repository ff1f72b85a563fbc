// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/**
 * SocketCluster 1 on the port of a server: Engine.IO revision 3, and clients without a handshake.
 */
@NullMarked
module io.socketcluster.engineio {
  requires static transitive org.jspecify;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires io.socketcluster.http.sessions;
  requires transitive io.socketcluster.server;

  exports io.socketcluster.engineio;
}
