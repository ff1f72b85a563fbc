// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.server.AGServer;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The samples of docs/moving-from-node.md do what it says of them. */
@Timeout(120)
class MovedProgramTest {
  @Test
  void thePortComesFromTheEnvironment() {
    AGServer agServer = MovedProgram.start(Map.of("SOCKETCLUSTER_PORT", "0"));
    AGClientSocket socket = connect(agServer.port());
    await().until(() -> agServer.clientsCount() == 1);
    socket.disconnect();
    agServer.close().join();
  }

  @Test
  void allConnectionsOfANettyServerAreSocketsOfOneServer() {
    ServerBootstrap bootstrap = new ServerBootstrap();
    AGServer agServer = MovedProgram.attach(bootstrap, ChannelInboundHandlerAdapter::new);
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    Channel listening =
        bootstrap
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .bind(0)
            .syncUninterruptibly()
            .channel();
    int port = ((InetSocketAddress) listening.localAddress()).getPort();

    AGClientSocket one = connect(port);
    AGClientSocket other = connect(port);
    await().until(() -> agServer.clientsCount() == 2);
    assertThat(agServer.clients()).containsOnlyKeys(one.id(), other.id());

    one.disconnect();
    other.disconnect();
    listening.close().syncUninterruptibly();
    agServer.close().join();
    loops.shutdownGracefully().syncUninterruptibly();
  }

  private static AGClientSocket connect(int port) {
    return SocketClusterClient.create(AGClientOptions.builder().port(port).build());
  }
}
