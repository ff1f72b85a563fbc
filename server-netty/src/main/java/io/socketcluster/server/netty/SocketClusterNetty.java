// SPDX-License-Identifier: MIT
package io.socketcluster.server.netty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.util.AttributeKey;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.internal.transport.AcceptingServer;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.server.internal.transport.RequestDescription;
import io.socketcluster.server.internal.transport.mount.MountedSide;
import io.socketcluster.server.internal.transport.upgrade.UpgradeHandler;
import java.security.Principal;

/**
 * Attaches a server to the pipelines of a Netty HTTP server, so that both share one port. Create
 * the server with {@code SocketCluster.create}, which does not listen.
 */
public final class SocketClusterNetty {
  /**
   * The user of a connection, for {@code UpgradeRequest.principal()}. An application that
   * authenticates the request itself sets the attribute on the channel before the upgrade.
   */
  public static final AttributeKey<Principal> PRINCIPAL = RequestDescription.PRINCIPAL;

  /** Where Reactor Netty begins to handle the requests itself. */
  private static final String OF_REACTOR = "reactor.left.httpTrafficHandler";

  private SocketClusterNetty() {}

  /**
   * Adds the server's handlers at the end of a pipeline that contains an {@code HttpServerCodec}.
   * They take WebSocket upgrades for the server's path, and requests of mounted transports, and
   * pass all other requests to the handlers added after them. In a pipeline of Reactor Netty they
   * are added before its own handler of requests, which would keep all of them. A handler that
   * observes outgoing data must be in the pipeline, before this one, when the upgrade completes:
   * with epoll the server writes directly to the operating system if there is no such handler.
   *
   * @throws InvalidArgumentsError if the server was not created by this library
   */
  public static void attach(AGServer server, ChannelPipeline pipeline) {
    ChannelHandler mounted = new MountedSide(AcceptingServer.acceptorOf(server));
    if (pipeline.get(OF_REACTOR) == null) {
      pipeline.addLast(mounted, handler(server));
    } else {
      pipeline.addBefore(OF_REACTOR, null, mounted).addBefore(OF_REACTOR, null, handler(server));
    }
  }

  /**
   * Sets the TLS context for new connections of a listening server, instead of the option {@code
   * tls}. Call it before {@code listen}, and again to replace the certificate. The server does not
   * release the context.
   *
   * @throws InvalidArgumentsError if the server was not created by this library
   * @throws InvalidOptionsError if the context is a client context
   */
  public static void useSslContext(AGServer server, SslContext context) {
    AcceptingServer.acceptorOf(server).tls().use(context);
  }

  /**
   * Returns a new handler for one channel, which takes WebSocket upgrades only; see {@link
   * #attach}.
   *
   * @throws InvalidArgumentsError if the server was not created by this library
   */
  public static ChannelHandler handler(AGServer server) {
    ConnectionAcceptor acceptor = AcceptingServer.acceptorOf(server);
    acceptor.onAttached();
    return new UpgradeHandler(acceptor);
  }
}
