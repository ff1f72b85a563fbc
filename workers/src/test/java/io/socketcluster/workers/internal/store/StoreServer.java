// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import io.socketcluster.core.AGSocket;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.store.Store;
import io.socketcluster.store.StoreOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** A server with shared stores, each of which has a name in place of its key. */
final class StoreServer implements AutoCloseable {
  /** Little more than what the store leaves unread: a worker that is behind shows it at once. */
  private static final int OUTBOUND_LIMIT = 24 << 20;

  private final Map<String, SharedStoreServer> stores = new ConcurrentHashMap<>();
  private final AGServer server =
      SocketCluster.create(
          AGServerOptions.builder()
              .host("127.0.0.1")
              .closeTimeout(Duration.ofMillis(100))
              .maxPayload(64 << 20)
              .outboundBufferLimit(OUTBOUND_LIMIT)
              .build());

  StoreServer(int port) {
    server.onConnection(this::serve);
    server.listen(port);
  }

  private void serve(AGServerSocket socket) {
    String name = Objects.requireNonNullElse(socket.request().query("authKey"), "");
    stores.computeIfAbsent(name, StoreServer::withDefaults).serve(socket);
  }

  private static SharedStoreServer withDefaults(String name) {
    return new SharedStoreServer(StoreOptions.DEFAULT);
  }

  int port() {
    return server.port();
  }

  /** Opens a store, whose server has the limits of the first who opens it. */
  Store open(String name, StoreOptions options) {
    stores.computeIfAbsent(name, first -> new SharedStoreServer(options));
    StoreAddress address = new StoreAddress(port(), name);
    return Store.on(new SharedBackend(new StoreLink(address, options.timeout())), options);
  }

  int sockets() {
    return server.clients().size();
  }

  /** Returns how many bytes wait for the sockets to read them. */
  long unreadBytes() {
    return server.clients().values().stream().mapToLong(AGSocket::getOutboundBufferedBytes).sum();
  }

  @Override
  public void close() {
    server.close().join();
  }
}
