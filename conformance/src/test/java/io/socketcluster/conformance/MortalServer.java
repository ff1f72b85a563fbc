// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.EventExecutor;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.netty.SocketClusterNetty;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server that can be killed: its connections are reset, nobody is told anything, and what it knew
 * is gone.
 *
 * <p>The cut is a consistent one, as it is with a machine that loses its power: at one moment
 * nothing more is read, and what had been read until then has been answered and delivered.
 */
final class MortalServer {
  private static final int PATIENCE_SECONDS = 60;
  private static final int EVENT_LOOPS = 2;

  /**
   * After one, nothing is read; after another, what was read has come to its event loops. A busy
   * server divides its work into more turns, and reads again where a handler has caught up.
   */
  private static final int TURNS_TO_SETTLE = 20;

  private final AGServer server = SocketCluster.create(AGServerOptions.builder().build());
  private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(EVENT_LOOPS, NioIoHandler.newFactory());
  private @Nullable Channel listening;

  /** Starts to listen. */
  void listen(int port) throws InterruptedException {
    listening =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.SO_LINGER, 0) // a close is a reset
            .childHandler(new Connections())
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .sync()
            .channel();
  }

  private final class Connections extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      connections.add(channel);
      channel.closeFuture().addListener(closed -> connections.remove(channel));
      channel.pipeline().addLast(new HttpServerCodec());
      SocketClusterNetty.attach(server, channel.pipeline());
    }
  }

  AGServer server() {
    return server;
  }

  private Channel listening() {
    return Objects.requireNonNull(listening, "listen comes first");
  }

  int port() {
    return ((InetSocketAddress) listening().localAddress()).getPort();
  }

  /** Resets all connections, and waits until nothing is left of the server. */
  void kill() throws Exception {
    listening().close().sync();
    for (int turn = 0; turn < TURNS_TO_SETTLE; turn++) {
      connections.forEach(connection -> connection.config().setAutoRead(false));
      awaitTurn();
    }
    for (Channel connection : connections) {
      connection.eventLoop().execute(() -> reset(connection));
    }
    loops
        .shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    server.close().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static void reset(Channel connection) {
    connection.flush();
    connection.close();
  }

  private void awaitTurn() throws InterruptedException {
    for (EventExecutor loop : loops) {
      loop.submit(() -> {}).sync();
    }
  }
}
