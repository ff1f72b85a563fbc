// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.scc.SccBroker;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.store.StoreOptions;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Uses the library once, without the application, so that its classes can be archived. */
final class Training {
  private static final long LIMIT_SECONDS = 30;

  private Training() {}

  static void run() throws Exception {
    run(() -> true);
  }

  /** Goes from step to step as long as this is wanted. */
  static void run(BooleanSupplier isWanted) throws Exception {
    String key = UUID.randomUUID().toString();
    BrokerServer broker = BrokerServer.start(key, 0, 0, StoreOptions.DEFAULT);
    AGBrokerEngine engine =
        SccBroker.at("scc://127.0.0.1:" + broker.statePort()).authKey(key).build();
    try {
      if (isWanted.getAsBoolean()) {
        use(engine, isWanted);
      }
    } finally {
      // A server does not close its engine, which would go on to look for its broker.
      engine.close().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      broker.close().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static void use(AGBrokerEngine engine, BooleanSupplier isWanted) throws Exception {
    AGServer agServer =
        SocketCluster.create(
            AGServerOptions.builder()
                .host("127.0.0.1")
                .reusePort(true)
                .brokerEngine(engine)
                .build());
    agServer.onConnection(
        socket -> socket.procedure("echo").consume(request -> request.end(request.data())));
    BrokerReadiness.await(engine);
    agServer.listen(0);
    try {
      if (isWanted.getAsBoolean()) {
        call(agServer.port());
      }
    } finally {
      agServer.close().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static void call(int port) throws Exception {
    AGClientSocket client =
        SocketClusterClient.create(
            AGClientOptions.builder().hostname("127.0.0.1").port(port).build());
    try {
      client.subscribe("training").consume(data -> {});
      client.invoke("echo", Map.of("text", "hello")).get(LIMIT_SECONDS, TimeUnit.SECONDS);
      client.invokePublish("training", "hello").get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } finally {
      client.disconnect();
    }
  }
}
