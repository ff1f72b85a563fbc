// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.broker.scc.state.SccStateOptions;
import io.socketcluster.broker.scc.state.SccStateServer;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AGSocket;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.RateLimit;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.workers.internal.store.HeapShares;
import io.socketcluster.workers.internal.store.SharedStoreServer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The broker of the workers of one machine with the store that they share, and the state server
 * that names it: an SCC cluster on the loopback address. Workers need the key.
 */
final class BrokerServer {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int LARGEST_MESSAGE = 256 << 20;
  private static final int OUTBOUND_LIMIT = 64 << 20; // values of the store that are read at once
  private static final int MOST_CHANNELS = 10_000_000;
  private static final Duration END = Duration.ofMillis(500);
  private static final long REGISTRATION_SECONDS = 30;

  private final SccStateServer state;
  private final AGServer broker;
  private final AGClientSocket registration;

  private BrokerServer(SccStateServer state, AGServer broker, AGClientSocket registration) {
    this.state = state;
    this.broker = broker;
    this.registration = registration;
  }

  /**
   * Starts both servers.
   *
   * @param statePort of the state server; 0 for any
   * @param brokerPort of the broker; 0 for any
   * @param storeOptions bound the data that the workers share
   */
  static BrokerServer start(String key, int statePort, int brokerPort, StoreOptions storeOptions)
      throws Exception {
    SccStateServer state =
        SccStateServer.listen(
            statePort,
            SccStateOptions.builder()
                .host(LOOPBACK)
                .authKey(key)
                .startupDelay(Duration.ZERO)
                .scaleOutDelay(Duration.ZERO)
                .scaleBackDelay(Duration.ZERO)
                .build());
    AGServer broker = SocketCluster.create(options());
    broker.setMiddleware(
        AGServer.MIDDLEWARE_HANDSHAKE, AGMiddleware.each(action -> admit(action, key)));
    new SharedStoreServer(storeOptions).attach(broker);
    broker.listen(brokerPort);
    return new BrokerServer(state, broker, register(key, state.port(), broker.port()));
  }

  private static AGServerOptions options() {
    HeapShares shares = new HeapShares(Runtime.getRuntime().maxMemory());
    return AGServerOptions.builder()
        .memoryLimit(shares.within(AGServerOptions.DEFAULT.memoryLimit()))
        .host(LOOPBACK)
        .closeTimeout(END)
        .brokerEngine(AGSimpleBroker.forServers())
        .maxPayload(LARGEST_MESSAGE)
        .outboundBufferLimit(OUTBOUND_LIMIT)
        .socketChannelLimit(MOST_CHANNELS)
        .socketMessageRate(RateLimit.of(10_000_000, Duration.ofSeconds(1)))
        .build();
  }

  private static void admit(AGAction action, String key) {
    String shown =
        action.type() == AGAction.Type.HANDSHAKE_WS ? action.request().query("authKey") : key;
    if (shown != null && MessageDigest.isEqual(shown.getBytes(UTF_8), key.getBytes(UTF_8))) {
      action.allow();
    } else {
      action.block(new AGException("BadClusterAuthError", "The key is wrong"));
    }
  }

  private static AGClientSocket register(String key, int statePort, int brokerPort)
      throws Exception {
    CompletableFuture<Void> joined = new CompletableFuture<>();
    AGClientSocket socket =
        SocketClusterClient.create(
            AGClientOptions.builder()
                .autoConnect(false)
                .hostname(LOOPBACK)
                .port(statePort)
                .query("authKey", key)
                .query("instanceType", "scc-broker")
                .query("instancePort", Integer.toString(brokerPort))
                .query("version", "9.2.0")
                .build());
    socket
        .listener(AGSocket.CONNECT)
        .consume(
            event ->
                socket
                    .invoke("sccBrokerJoinCluster", Map.of("instanceIp", LOOPBACK))
                    .thenRun(() -> joined.complete(null)));
    socket.connect();
    joined.get(REGISTRATION_SECONDS, TimeUnit.SECONDS);
    return socket;
  }

  int statePort() {
    return state.port();
  }

  int brokerPort() {
    return broker.port();
  }

  CompletableFuture<Void> close() {
    registration.disconnect();
    return CompletableFuture.allOf(state.close(), broker.close());
  }
}
