// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** WebSocket frames and their compression, for the server and the client; no packets, no I/O. */
@NullMarked
@SuppressWarnings("module") // the modules above, which are compiled later
module io.socketcluster.websocket {
  requires static transitive org.jspecify;
  requires transitive io.netty.buffer;
  requires io.netty.common;

  exports io.socketcluster.websocket to
      io.socketcluster.client,
      io.socketcluster.http.sessions,
      io.socketcluster.server;
}
