// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.netty.SocketClusterNetty;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

final class ReactorProgram {
  private ReactorProgram() {}

  static DisposableServer start(int port) {
    AGServer agServer = SocketCluster.create(AGServerOptions.DEFAULT);
    agServer.onConnection(
        socket -> socket.procedure("echo").consume(request -> request.end(request.data())));
    DisposableServer http =
        HttpServer.create()
            .port(port)
            .doOnChannelInit(
                (observer, channel, address) ->
                    SocketClusterNetty.attach(agServer, channel.pipeline()))
            .route(
                routes ->
                    routes.get("/", (request, response) -> response.sendString(Mono.just("Hello"))))
            .bindNow();
    http.onDispose(() -> agServer.close().join());
    return http;
  }
}
