// SPDX-License-Identifier: MIT
package io.socketcluster.examples.lines;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.SocketEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * The transport of lines: listens on a port of its own, and makes a socket of the server from each
 * connection. The server has to have the option {@code pingTimeoutDisabled}, or it closes clients
 * that are silent.
 */
public final class LineServer implements AutoCloseable {
  private static final String PATH = "/lines/";
  private static final int MAX_LINE = 64 * 1024;

  private final EventLoopGroup loops;
  private final Channel listening;

  private LineServer(EventLoopGroup loops, Channel listening) {
    this.loops = loops;
    this.listening = listening;
  }

  /**
   * Listens; blocks until it does.
   *
   * @param port 0 for any that is free
   */
  public static LineServer listen(AGServer server, int port) {
    SocketEndpoint endpoint =
        SocketEndpoint.of(
            server, AGEndpoint.of(PATH).withCodecEngine(new LineCodec()), new LineFormat());
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    Channel listening =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(new Initializer(endpoint))
            .bind(InetAddress.getLoopbackAddress(), port)
            .syncUninterruptibly()
            .channel();
    return new LineServer(loops, listening);
  }

  /** Returns the port. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Stops listening, and ends what is left of the connections. */
  @Override
  public void close() {
    listening.close();
    loops.shutdownGracefully();
  }

  private static final class Initializer extends ChannelInitializer<SocketChannel> {
    private final SocketEndpoint endpoint;

    Initializer(SocketEndpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      InetSocketAddress peer = channel.remoteAddress();
      UpgradeRequest request =
          new UpgradeRequest(PATH, Map.of(), peer.getAddress(), peer.getPort(), null);
      channel
          .pipeline()
          .addLast(new LineBasedFrameDecoder(MAX_LINE))
          .addLast(new Greeting())
          .addLast(endpoint.newHandler(request));
    }
  }

  /** Says hello in the place of the client, who only types commands. */
  private static final class Greeting extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      ctx.fireChannelActive();
      ctx.fireChannelRead(Unpooled.copiedBuffer(LineCodec.HELLO, UTF_8));
      ctx.fireChannelReadComplete();
    }
  }
}
