// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.store.Store;
import io.socketcluster.store.StoreChange;
import io.socketcluster.store.StoreError;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.store.spi.StoreWrite;
import io.socketcluster.store.spi.StoredValue;
import io.socketcluster.testkit.RawClient;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.StringNode;

/** The shared store beyond the contract: an absent server, limits of the server, odd calls. */
@Timeout(120)
class SharedStoreTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final StoreOptions HASTY =
      StoreOptions.builder().timeout(Duration.ofMillis(400)).build();

  @Test
  void aServerThatIsAwayIsAnErrorWithinALimitAndUsedAgainWhenItIsBack() throws Exception {
    StoreServer server = new StoreServer(0);
    int port = server.port();
    Queue<StoreChange> changes = new ConcurrentLinkedQueue<>();
    try (Store store = server.open("any", HASTY)) {
      store.listener(Store.CHANGE).consume(changes::add);
      await().atMost(PATIENCE).ignoreExceptions().until(() -> store.set("a", 1).get() == null);

      server.close();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> store.get("a").get(60, SECONDS))
                      .hasCauseInstanceOf(StoreError.class)
                      .hasMessageContaining("cannot be reached"));
      server = new StoreServer(port);

      await().atMost(PATIENCE).ignoreExceptions().until(() -> store.set("b", 2).get() == null);
      StoreChange missed = new StoreChange(StoreChange.MISSED, List.of());
      await().atMost(PATIENCE).until(() -> changes.contains(missed));
      await().atMost(PATIENCE).ignoreExceptions().until(() -> !store.hasKey("a").get());
    } finally {
      server.close();
    }
  }

  @Test
  void aValueOfTheServerBeforeIsNotReplacedAtTheNextServer() throws Exception {
    StoreServer server = new StoreServer(0);
    int port = server.port();
    SharedBackend backend =
        new SharedBackend(new StoreLink(new StoreAddress(port, "any"), Duration.ofSeconds(30)));
    StoreWrite write =
        new StoreWrite(StringNode.valueOf("x"), 3, null, new StoreChange("set", List.of("a")));
    try (backend) {
      backend.start(change -> {});
      assertThat(backend.replace(StoredValue.missing("a"), write).get(60, SECONDS)).isTrue();
      StoredValue before = backend.read("a").get(60, SECONDS);
      assertThat(backend.replace(before, write).get(60, SECONDS)).isTrue();
      assertThat(backend.replace(before, write).get(60, SECONDS)).isFalse();
      StoredValue last = backend.read("a").get(60, SECONDS);

      server.close();
      server = new StoreServer(port);

      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> !backend.replace(last, write).get(60, SECONDS));
      assertThat(backend.read("a").get(60, SECONDS).stamp()).isNull();
    } finally {
      server.close();
    }
  }

  @Test
  void theServerBoundsKeysAndBytes() throws Exception {
    StoreOptions small = StoreOptions.builder().keyLimit(2).byteLimit(1000).build();
    try (StoreServer server = new StoreServer(0);
        Store first = server.open("any", small);
        Store store = server.open("any", StoreOptions.DEFAULT)) {
      assertThat(first.keys().get(60, SECONDS)).isEmpty();
      store.set("a", "x".repeat(600)).get(60, SECONDS);

      assertThatThrownBy(() -> store.set("b", "x".repeat(600)).get(60, SECONDS))
          .hasCauseInstanceOf(ResourceLimitError.class)
          .hasMessageContaining("byteLimit is 1000");
      store.set("b", 1).get(60, SECONDS);
      assertThatThrownBy(() -> store.set("c", 1).get(60, SECONDS))
          .hasCauseInstanceOf(ResourceLimitError.class)
          .hasMessageContaining("keyLimit is 2");
    }
  }

  @Test
  void largeValuesAreReadInParts() throws Exception {
    String large = "\"é\\".repeat(170_000);
    try (StoreServer server = new StoreServer(0);
        Store store = server.open("any", StoreOptions.DEFAULT)) {
      for (int i = 0; i < 6; i++) {
        store.set("large-" + i, large).get(60, SECONDS);
      }

      var all = store.getAll().get(60, SECONDS);
      assertThat(all.propertyNames()).hasSize(6);
      assertThat(all.valueStream()).allMatch(value -> value.stringValue().equals(large));
    }
  }

  @Test
  void aWorkerThatIsBehindWithReadingKeepsItsConnection() throws Exception {
    try (StoreServer server = new StoreServer(0);
        Store store = server.open("", StoreOptions.DEFAULT);
        Socket worker = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      store.set("large", "x".repeat(1_000_000)).get(60, SECONDS);
      OutputStream out = worker.getOutputStream();
      out.write(RawClient.upgradeRequest("/socketcluster/").getBytes(US_ASCII));
      out.write(text("{\"event\":\"#handshake\",\"data\":{},\"cid\":1}"));
      await().until(() -> server.sockets() == 2);

      for (int cid = 2; cid < 102; cid++) {
        out.write(text("{\"event\":\"store/read\",\"data\":[\"large\"],\"cid\":" + cid + "}"));
      }
      await().until(() -> server.unreadBytes() > 16L << 20);

      worker.setSoTimeout(60_000);
      worker.getInputStream().skipNBytes(100_000_000L); // fails at the end of the stream
    }
  }

  private static byte[] text(String message) {
    return RawClient.frame(0x81, message.getBytes(US_ASCII));
  }

  @Test
  void aCallOfAnotherFormIsRefused() throws Exception {
    try (StoreServer server = new StoreServer(0)) {
      AGClientSocket socket =
          SocketClusterClient.create(
              AGClientOptions.builder().hostname("127.0.0.1").port(server.port()).build());
      try {
        for (Object data : List.of(Map.of(), Map.of("key", "a"), Map.of("key", 1), "a")) {
          assertThatThrownBy(() -> socket.invoke(StoreCall.REPLACE, data).get(60, SECONDS))
              .hasMessageContaining("of the store");
        }
        assertThat(socket.invoke(StoreCall.KEYS, null).get(60, SECONDS)).isEmpty();
      } finally {
        socket.disconnect();
      }
    }
  }
}
