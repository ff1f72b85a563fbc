// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.protocol.errors.TimeoutError;
import io.socketcluster.redis.RedisClients;
import io.socketcluster.redis.RedisOptions;
import io.socketcluster.store.Store;
import io.socketcluster.store.StoreChange;
import io.socketcluster.store.StoreError;
import io.socketcluster.store.StoreOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a store does while its Redis is away, and with what others have left there. */
@Timeout(180)
class RedisStoreFaultsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void aServerThatComesBackIsUsedAgainAndChangesMayHaveBeenMissed() throws Exception {
    try (BrokerProcess server = RedisServer.start();
        Store store = RedisServer.at(server).build()) {
      store.set("a", 1).get(60, TimeUnit.SECONDS);
      Queue<StoreChange> changes = new ConcurrentLinkedQueue<>();
      store.listener(Store.CHANGE).consume(changes::add);

      server.kill();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> store.get("a").get(60, TimeUnit.SECONDS))
                      .hasCauseInstanceOf(StoreError.class)
                      .hasMessageContaining(server.address()));
      server.restart();

      await().atMost(PATIENCE).ignoreExceptions().until(() -> store.set("b", 2).get() == null);
      await()
          .atMost(PATIENCE)
          .until(() -> changes.contains(new StoreChange(StoreChange.MISSED, List.of())));
      assertThat(store.hasKey("a").get()).isFalse();
    }
  }

  @Test
  void theNewConnectionIsThereWhenMessagesMayHaveBeenMissed() throws Exception {
    try (BrokerProcess server = RedisServer.start()) {
      RedisOptions options =
          RedisOptions.parse(
              "redis://" + server.address(),
              new RedisOptions.Trust(true, null),
              new RedisOptions.Login(null, ""),
              "p",
              Duration.ofSeconds(5));
      try (RedisLink link = new RedisLink(options, new RedisClients(options))) {
        CompletableFuture<Boolean> isFailed = new CompletableFuture<>();
        link.start(
            new OnMissed(() -> isFailed.complete(link.connection().isCompletedExceptionally())));
        link.connection().get(60, TimeUnit.SECONDS);
        server.kill();
        server.restart();

        assertThat(isFailed.get(60, TimeUnit.SECONDS)).isFalse();
      }
    }
  }

  private record OnMissed(Runnable action) implements RedisLink.Listener {
    @Override
    public byte[] channel() {
      return new byte[] {'c'};
    }

    @Override
    public void message(byte[] message) {}

    @Override
    public void missed() {
      action.run();
    }
  }

  @Test
  void aServerThatIsSilentIsATimeoutAndThenReplaced() throws Exception {
    StoreOptions hasty = StoreOptions.builder().timeout(Duration.ofMillis(500)).build();
    try (BrokerProcess server = RedisServer.start();
        Store store = RedisServer.at(server).options(hasty).build()) {
      await().atMost(PATIENCE).ignoreExceptions().until(() -> store.set("a", 1).get() == null);
      server.suspend();

      assertThatThrownBy(() -> store.get("a").get(60, TimeUnit.SECONDS))
          .cause() // the watch of the connection may give it up first
          .isInstanceOfAny(TimeoutError.class, StoreError.class);
      server.resume();

      await().atMost(PATIENCE).ignoreExceptions().until(() -> store.count("a").get() == 1);
    }
  }

  @Test
  void aStoreWithoutAServerFailsAndNamesTheReason() {
    String url = "redis://:s3cret@127.0.0.1:" + BrokerProcess.freePort();
    try (Store store = RedisStore.at(url).build()) {
      assertThatThrownBy(() -> store.get("a").get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StoreError.class)
          .hasMessageContaining("refused")
          .message()
          .doesNotContain("s3cret");
    }
  }

  @Test
  void whatOthersHaveLeftIsNoValue() throws Exception {
    try (BrokerProcess server = RedisServer.start();
        Store store = RedisServer.at(server).prefix("p").build();
        RedisClient client = RedisClient.create("redis://" + server.address());
        StatefulRedisConnection<String, String> other = client.connect()) {
      other.sync().set("p:value:text", "no hash");
      other.sync().hset("p:value:broken", Map.of("s", "1", "v", "{"));
      other.sync().publish("p:changes", "no change");

      assertThatThrownBy(() -> store.get("text").get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StoreError.class)
          .hasMessageContaining("WRONGTYPE");
      assertThatThrownBy(() -> store.get("broken").get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StoreError.class)
          .hasMessageContaining("no JSON");
    }
  }

  @Test
  void redisItselfRemovesWhatHasExpired() throws Exception {
    try (BrokerProcess server = RedisServer.start();
        Store store = RedisServer.at(server).prefix("p").build();
        RedisClient client = RedisClient.create("redis://" + server.address());
        StatefulRedisConnection<String, String> other = client.connect()) {
      store.set(List.of("a", "b"), 1).get(60, TimeUnit.SECONDS);
      store.expire("a", Duration.ofHours(1)).get(60, TimeUnit.SECONDS);
      store.set(List.of("a", "c"), 1).get(60, TimeUnit.SECONDS);

      assertThat(other.sync().ttl("p:value:a")).isBetween(3000L, 3600L);
    }
  }
}
