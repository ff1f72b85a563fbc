// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AGSocket;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A broker like scc-broker: a server that registers with the state server and asks for the key. */
final class JavaBroker implements AutoCloseable {
  private final AGServer server;
  private final AGClientSocket registration;

  private JavaBroker(Cluster cluster, int port) {
    server =
        SocketCluster.create(
            AGServerOptions.builder()
                .host("127.0.0.1")
                .closeTimeout(Duration.ofMillis(500))
                .socketChannelLimit(1_000_000)
                .build());
    server.setMiddleware(
        AGServer.MIDDLEWARE_HANDSHAKE,
        AGMiddleware.each(
            action -> {
              if (action.type() == AGAction.Type.HANDSHAKE_WS
                  && !Cluster.KEY.equals(action.request().query("authKey"))) {
                action.block(new AGException("BadClusterAuthError", "no key"));
              } else {
                action.allow();
              }
            }));
    server
        .listener(AGServer.SUBSCRIPTION) // on the event loop, before the answer leaves
        .consume(event -> cluster.log().add("+" + event.channel() + uri()), Runnable::run);
    server
        .listener(AGServer.UNSUBSCRIPTION)
        .consume(event -> cluster.log().add("-" + event.channel() + uri()), Runnable::run);
    server.listen(port);
    registration =
        SocketClusterClient.create(
            AGClientOptions.builder()
                .autoConnect(false)
                .autoReconnectOptions(
                    AutoReconnectOptions.DEFAULT
                        .withInitialDelay(Duration.ofMillis(50))
                        .withRandomness(Duration.ZERO))
                .hostname("127.0.0.1")
                .port(cluster.port())
                .query("authKey", Cluster.KEY)
                .query("instanceType", "scc-broker")
                .query("instancePort", Integer.toString(server.port()))
                .query("version", "10.0.1")
                .build());
    registration
        .listener(AGSocket.CONNECT)
        .consume(event -> registration.invoke("sccBrokerJoinCluster", Map.of()));
    registration.connect();
  }

  static JavaBroker start(Cluster cluster) {
    return new JavaBroker(cluster, 0);
  }

  static JavaBroker start(Cluster cluster, int port) {
    return new JavaBroker(cluster, port);
  }

  AGServer server() {
    return server;
  }

  String uri() {
    return "ws://127.0.0.1:" + server.port();
  }

  /** Leaves the cluster, and goes on for those who have not noticed. */
  void leave() {
    registration.disconnect();
  }

  @Override
  public void close() {
    leave();
    server.close().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
