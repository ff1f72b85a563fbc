// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.sessions.AGSessions;
import io.socketcluster.sessions.SessionEnd;
import io.socketcluster.sessions.SessionOptions;
import io.socketcluster.store.Store;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions of two workers, each with its own connection to the store that they share. */
class SessionsOfWorkersTest {
  private static final String ID = "a-session-id-0123456789-abc";

  private final StoreServer stores = new StoreServer(0);
  private final AGBrokerEngine broker = new AGSimpleBroker();
  private final Queue<SessionEnd> ends = new ConcurrentLinkedQueue<>();
  private final Worker first = new Worker();
  private final Worker second = new Worker();

  private final class Worker {
    final Store store = stores.open("any", StoreOptions.DEFAULT);
    final AGServer server =
        SocketCluster.create(
            AGServerOptions.builder()
                .authKey("a-key-of-thirty-two-bytes-or-more!")
                .closeTimeout(Duration.ofMillis(100))
                .brokerEngine(broker)
                .build());
    final AGSessions sessions = AGSessions.create(store, SessionOptions.DEFAULT).attach(server);

    Worker() {
      sessions.listener(AGSessions.SESSION_END).consume(ends::add);
      server.listen(0);
    }

    RawClient client() {
      RawClient client = RawClient.tcp(server.port());
      String cookie = SessionOptions.DEFAULT.cookieName() + "=" + ID;
      client.upgrade(server.getPath(), "Cookie: " + cookie + "\r\n");
      client.handshake(null);
      await().until(() -> sessions.session(ID).sockets().size() == 1);
      return client;
    }

    void close() {
      sessions.close();
      server.close().join();
      store.close();
    }
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
    broker.close().join();
    stores.close();
  }

  @Test
  void aSessionHasItsDataAtEachWorkerAndEndsAtAllOfThem() {
    try (RawClient one = first.client();
        RawClient other = second.client()) {
      first.sessions.session(ID).set("cart", "book").join();
      assertThat(second.sessions.session(ID).get("cart").join().stringValue()).isEqualTo("book");
      await().until(() -> first.store.keys().join().size() == 2); // the data and the mark

      second.sessions.session(ID).destroy().join();

      assertThat(one.awaitClose().code()).isEqualTo(1000);
      assertThat(other.awaitClose().code()).isEqualTo(1000);
    }
    await().until(() -> !ends.isEmpty());
    assertThat(ends).containsExactly(new SessionEnd(ID, false));
    assertThat(first.sessions.session(ID).hasKey("cart").join()).isFalse();
  }
}
