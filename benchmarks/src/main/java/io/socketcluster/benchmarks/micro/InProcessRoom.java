// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.micro;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.netty.SocketClusterNetty;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server with sockets of this process that have all subscribed to one channel. */
final class InProcessRoom implements AutoCloseable {
  private static final int MAX_FRAME_HEADER = 4;
  private static final int SHORT_PAYLOAD = 126;
  private static final int SHORT_HEADER = 2;
  private static final long CLOSE_SECONDS = 10;

  private final AGServer server;

  private final EventLoopGroup serverLoop =
      new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());

  private final EventLoopGroup clientLoop =
      new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());

  private final ReceivedBytes received = new ReceivedBytes();
  private final List<LocalClient> clients = new ArrayList<>();

  private InProcessRoom(ServerObserver observer) {
    server =
        SocketCluster.create(
            AGServerOptions.builder().pingTimeoutDisabled(true).serverObserver(observer).build());
  }

  static InProcessRoom of(int members) throws InterruptedException {
    return of(members, ServerObserver.NONE);
  }

  static InProcessRoom of(int members, ServerObserver observer) throws InterruptedException {
    InProcessRoom room = new InProcessRoom(observer);
    Channel listening = room.listen();
    for (int i = 0; i < members; i++) {
      LocalClient client =
          LocalClient.connect(room.clientLoop, listening.localAddress(), room.received);
      client.join(Messages.CHANNEL);
      room.clients.add(client);
    }
    return room;
  }

  private Channel listen() throws InterruptedException {
    return new ServerBootstrap()
        .group(serverLoop)
        .channel(LocalServerChannel.class)
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpServerCodec());
                SocketClusterNetty.attach(server, channel.pipeline());
              }
            })
        .bind(LocalAddress.ANY)
        .sync()
        .channel();
  }

  /** The first member publishes, and all of them have it when this returns. */
  void publish(int size) throws InterruptedException {
    byte[] message = Messages.publish(size);
    int header = message.length < SHORT_PAYLOAD ? SHORT_HEADER : MAX_FRAME_HEADER;
    received.expect((long) clients.size() * (header + message.length));
    clients.getFirst().send(message);
    received.await();
  }

  @Override
  public void close() {
    server.close().orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS).join();
    serverLoop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    clientLoop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
