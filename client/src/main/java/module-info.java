// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** AGClientSocket; Netty stays in the internal packages. */
@NullMarked
module io.socketcluster.client {
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.core;
  requires io.socketcluster.websocket;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.handler.proxy;
  requires io.netty.resolver;
  requires io.netty.transport;

  exports io.socketcluster.client;
  exports io.socketcluster.client.spi;
}
