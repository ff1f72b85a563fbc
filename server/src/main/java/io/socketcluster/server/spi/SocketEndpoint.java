// SPDX-License-Identifier: MIT
package io.socketcluster.server.spi;

import io.netty.channel.ChannelHandler;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.transport.AcceptingServer;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.server.internal.transport.MessageHandler;

/**
 * Makes sockets of a server from connections that a transport of another module accepts. The
 * sockets share the channels, events, middleware and limits of the server with all others.
 * Thread-safe.
 */
public final class SocketEndpoint {
  private final ConnectionAcceptor acceptor;
  private final AGEndpoint settings;
  private final WireFormat format;

  private SocketEndpoint(ConnectionAcceptor acceptor, AGEndpoint settings, WireFormat format) {
    this.acceptor = acceptor;
    this.settings = settings;
    this.format = format;
  }

  /**
   * Returns an endpoint. Create one for all connections of a transport: connections of one endpoint
   * share the frames of a publish.
   *
   * @param settings the codec, and the version of the protocol; the path is not used
   * @throws InvalidArgumentsError when the server was not made by this library
   */
  public static SocketEndpoint of(AGServer server, AGEndpoint settings, WireFormat format) {
    return new SocketEndpoint(AcceptingServer.acceptorOf(server), settings, format);
  }

  /**
   * Returns the last handler for the pipeline of one connection. The socket comes into being when
   * the channel is active and the server has admitted it: limits of connections apply, and a
   * handshake middleware is asked.
   *
   * <p>Each {@code ByteBuf} that the handlers before it pass on is one whole message. They must not
   * pass on messages longer than the option {@code maxPayload}: the first one closes the socket
   * with 1009. What the socket sends are frames of the format, as buffers that several connections
   * may share: handlers must not change them.
   *
   * @param request describes the connection to the application
   */
  public ChannelHandler newHandler(UpgradeRequest request) {
    acceptor.onAttached();
    boolean binary = settings.codecEngine().isBinary();
    return new MessageHandler(acceptor, settings, format, request, binary);
  }
}
