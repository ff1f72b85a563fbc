// SPDX-License-Identifier: MIT
package io.socketcluster.server.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.RawClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** An application has a handler of its own between the server's and the wire. */
class HandlersBeforeTest {
  private final AtomicLong bytes = new AtomicLong();

  /** Counts what leaves, as one that limits traffic would. */
  private final class Counter extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      if (message instanceof ByteBuf buffer) {
        bytes.addAndGet(buffer.readableBytes());
      }
      ctx.write(message, promise);
    }
  }

  private Channel listen(MultiThreadIoEventLoopGroup loops, AGServer server)
      throws InterruptedException {
    return new ServerBootstrap()
        .group(loops)
        .channel(EpollServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Counter(), new HttpServerCodec());
                SocketClusterNetty.attach(server, channel.pipeline());
              }
            })
        .bind(InetAddress.getLoopbackAddress(), 0)
        .sync()
        .channel();
  }

  @Test
  void allThatLeavesPassesThem() throws InterruptedException {
    assumeTrue(Epoll.isAvailable());
    MultiThreadIoEventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);
    int port = ((InetSocketAddress) listen(loops, server).localAddress()).getPort();
    try (RawClient client = RawClient.upgraded(port, "/socketcluster/")) {
      client.handshake(null);
      client.call("#subscribe", Map.of("channel", "a"));
      long before = bytes.get();

      server.exchange().transmitPublish("a", 1);

      int header = 2;
      int expected = header + client.next().length();
      assertThat(bytes.get() - before).isEqualTo(expected);
    } finally {
      server.close().orTimeout(60, TimeUnit.SECONDS).join();
      loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }
}
