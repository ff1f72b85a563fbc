// SPDX-License-Identifier: MIT
package io.socketcluster.server.netty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.server.internal.transport.UpgradeHandler;

/**
 * Attaches a server to the pipelines of a Netty HTTP server, so that both share one port. Use
 * {@code SocketCluster.create} to make a server that does not listen itself.
 */
public final class SocketClusterNetty {
  private SocketClusterNetty() {}

  /**
   * Adds the server's handler at the end of a pipeline that holds an {@code HttpServerCodec}. It
   * takes the WebSocket upgrades for the server's path; whatever else it receives goes on to the
   * handlers that are added after it. A handler that wants to see what leaves has to stand before
   * it when the upgrade is complete: with epoll, messages go to the system directly if none does.
   *
   * @throws InvalidArgumentsError when the server was not made by this library
   */
  public static void attach(AGServer server, ChannelPipeline pipeline) {
    pipeline.addLast(handler(server));
  }

  /**
   * Gives a server that listens itself the TLS of its connections to come: call it before {@code
   * listen}, and again when there is a new certificate. It takes the place of the option {@code
   * tls}. The server does not release the context.
   *
   * @throws InvalidArgumentsError when the server was not made by this library
   * @throws InvalidOptionsError when the context is one for clients
   */
  public static void useSslContext(AGServer server, SslContext context) {
    acceptor(server).tls().use(context);
  }

  /**
   * Returns a new handler for one channel; see {@link #attach}.
   *
   * @throws InvalidArgumentsError when the server was not made by this library
   */
  public static ChannelHandler handler(AGServer server) {
    ConnectionAcceptor acceptor = acceptor(server);
    acceptor.onAttached();
    return new UpgradeHandler(acceptor);
  }

  private static ConnectionAcceptor acceptor(AGServer server) {
    if (server instanceof ConnectionAcceptor acceptor) {
      return acceptor;
    }
    throw new InvalidArgumentsError("A server made by SocketCluster.create was expected");
  }
}
