// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.broker.testkit.Recorder;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem.Value;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What engines do while another server becomes the master of their channels. */
@Timeout(180)
class RedisMastersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void aSlotThatMovesTakesItsChannelsAlongAndIsAnAnnouncedGap() throws Exception {
    try (RedisCluster servers = RedisCluster.start(folder);
        JoinedPair engines = new JoinedPair(servers.url())) {
      Recorder moved = engines.joined("moved");
      StreamConsumer<BrokerEvent.Gap> gaps = engines.gaps();

      servers.moveSlotOf("socketcluster:moved");

      assertThat(gaps.next()).isInstanceOf(Value.class);
      engines.awaitReady();
      engines.awaitDelivery(moved, "moved");
    }
  }

  @Test
  void aMasterOfAClusterThatComesBackIsAnAnnouncedGap() throws Exception {
    try (RedisCluster servers = RedisCluster.start(folder);
        JoinedPair engines = new JoinedPair(servers.url())) {
      Recorder news = engines.joined("news");
      StreamConsumer<BrokerEvent.Gap> gaps = engines.gaps();

      servers.crash("socketcluster:news").restart();

      assertThat(gaps.next()).isInstanceOf(Value.class);
      engines.awaitDelivery(news, "news");
    }
  }

  @Test
  void theReplicaThatSentinelsPromoteIsJoined() throws Exception {
    try (BrokerProcess master = RedisServers.start();
        BrokerProcess replica =
            RedisServers.start("--replicaof", "127.0.0.1", Integer.toString(master.port()));
        BrokerProcess sentinel = RedisServers.sentinel(folder, master);
        JoinedPair engines = new JoinedPair("redis+sentinel://" + sentinel.address() + "/main")) {
      Recorder news = engines.joined("news");
      StreamConsumer<BrokerEvent.Gap> gaps = engines.gaps();
      RedisServers.awaitReplica(sentinel, replica);

      master.kill();

      assertThat(gaps.next()).isInstanceOf(Value.class);
      engines.awaitDelivery(news, "news");
    }
  }

  @Test
  void sentinelsAndTheirMasterMayAskForPasswordsOfTheirOwn() throws Exception {
    String more = "requirepass watched\nsentinel auth-pass main mastered";
    try (BrokerProcess master = RedisServers.start("--requirepass", "mastered");
        BrokerProcess sentinel = RedisServers.sentinel(folder, master, more)) {
      String url = "redis+sentinel://:mastered@" + sentinel.address() + "/main";
      AGBrokerEngine engine = RedisBroker.at(url).sentinelLogin(null, "watched").build();
      AGBrokerEngine stranger = RedisBroker.at(url).build();
      try {
        await().atMost(PATIENCE).until(engine::isReady);
        BrokerEvent.Failure refused = stranger.listener(BrokerEvent.ERROR).once(PATIENCE);
        assertThat(refused.error()).hasMessageContaining("NOAUTH");
      } finally {
        engine.close().join();
        stranger.close().join();
      }
    }
  }
}
