// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** Attaches a server to an existing Netty pipeline; the only exported packages with Netty types. */
@NullMarked
module io.socketcluster.server.netty {
  requires static transitive org.jspecify;
  requires transitive io.netty.codec.http;
  requires transitive io.netty.common;
  requires transitive io.netty.handler;
  requires transitive io.netty.transport;
  requires transitive io.socketcluster.server;

  exports io.socketcluster.server.netty;
}
