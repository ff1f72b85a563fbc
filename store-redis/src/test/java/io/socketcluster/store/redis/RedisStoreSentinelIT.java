// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.store.Store;
import io.socketcluster.store.StoreChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store follows the replica that sentinels promote. */
@Timeout(180)
class RedisStoreSentinelIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void theReplicaThatSentinelsPromoteIsUsedAndHasTheData() throws Exception {
    try (BrokerProcess master = RedisServer.start();
        BrokerProcess replica =
            RedisServer.start("--replicaof", "127.0.0.1", Integer.toString(master.port()));
        BrokerProcess sentinel = RedisServer.sentinel(folder, master);
        Store store =
            RedisStore.at("redis+sentinel://" + sentinel.address() + "/main").prefix("p").build()) {
      Queue<StoreChange> changes = new ConcurrentLinkedQueue<>();
      store.listener(Store.CHANGE).consume(changes::add);
      store.set("a", 1).get(60, TimeUnit.SECONDS);
      awaitReplica(sentinel, replica);

      master.kill();

      await().atMost(PATIENCE).ignoreExceptions().until(() -> store.set("b", 2).get() == null);
      StoreChange missed = new StoreChange(StoreChange.MISSED, List.of());
      await().atMost(PATIENCE).until(() -> changes.contains(missed));
      assertThat(store.get("a").get(60, TimeUnit.SECONDS).intValue()).isEqualTo(1);
    }
  }

  /** Waits until a sentinel knows a replica that it can promote, and until that has the data. */
  private static void awaitReplica(BrokerProcess sentinel, BrokerProcess replica) {
    try (RedisClient client = RedisClient.create();
        StatefulRedisSentinelConnection<String, String> watching =
            client.connectSentinel(RedisServer.uri(sentinel));
        StatefulRedisConnection<String, String> copy = client.connect(RedisServer.uri(replica))) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> watching.sync().replicas("main"),
              known -> known.stream().anyMatch(RedisStoreSentinelIT::isFit));
      await().atMost(PATIENCE).until(() -> copy.sync().exists("p:value:a") == 1);
    }
  }

  private static boolean isFit(Map<String, String> replica) {
    return "slave".equals(replica.get("flags")) && "ok".equals(replica.get("master-link-status"));
  }
}
