// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpServerCodec;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.netty.SocketClusterNetty;
import java.util.Map;
import java.util.function.Supplier;

/** The server of docs/moving-from-node.md. */
final class MovedProgram {
  private static final String DEFAULT_PORT = "0";

  private MovedProgram() {}

  static AGServer start(Map<String, String> environment) {
    int port = Integer.parseInt(environment.getOrDefault("SOCKETCLUSTER_PORT", DEFAULT_PORT));
    AGServerOptions options =
        AGServerOptions.builder()
            .socketChannelLimit(1000)
            .httpHandler(HttpHandler.withHealthCheck("/health-check", HttpHandler.NONE))
            .build();
    AGServer agServer = SocketCluster.create(options);

    agServer.listener(AGServer.ERROR).consume(event -> event.error().printStackTrace());
    agServer.listener(AGServer.WARNING).consume(event -> System.err.println(event.warning()));
    agServer.onConnection(
        socket -> {
          // Handle the socket.
        });
    agServer.listen(port);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> agServer.close().join()));
    return agServer;
  }

  static AGServer attach(ServerBootstrap bootstrap, Supplier<ChannelHandler> yourHttp) {
    AGServer agServer = SocketCluster.create(AGServerOptions.DEFAULT); // one for all connections
    bootstrap.childHandler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new HttpServerCodec());
            SocketClusterNetty.attach(agServer, channel.pipeline());
            channel.pipeline().addLast(yourHttp.get()); // has all requests but the upgrades
          }
        });
    return agServer;
  }
}
