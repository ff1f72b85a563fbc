// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** AGServer and its sockets; Netty stays in the internal packages. */
@NullMarked
@SuppressWarnings("module") // the modules above, which are compiled later
module io.socketcluster.server {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.broker;
  requires io.netty.transport;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.haproxy;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.classes.io_uring;
  requires io.netty.transport.unix.common;
  requires io.socketcluster.websocket;
  requires com.nimbusds.jose.jwt;
  requires jdk.jfr;
  requires org.slf4j;

  exports io.socketcluster.server;
  exports io.socketcluster.server.channels;
  exports io.socketcluster.server.jfr;
  exports io.socketcluster.server.tokens;
  exports io.socketcluster.server.internal.transport to
      io.socketcluster.server.netty;
  exports io.socketcluster.server.internal.transport.mount to
      io.socketcluster.server.netty;
  exports io.socketcluster.server.internal.transport.tls to
      io.socketcluster.server.netty;
  exports io.socketcluster.server.internal.transport.upgrade to
      io.socketcluster.server.netty;
  exports io.socketcluster.server.spi to
      io.socketcluster.engineio,
      io.socketcluster.http.fallback,
      io.socketcluster.http.sessions,
      io.socketcluster.server.netty,
      io.socketcluster.socketio;
}
