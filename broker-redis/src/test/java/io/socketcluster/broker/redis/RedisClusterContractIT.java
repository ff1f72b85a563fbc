// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.history.ChannelHistories;
import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.broker.history.HistoryStart;
import io.socketcluster.broker.testkit.BrokerEngineContract;
import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.protocol.Payload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisClusterContractIT extends BrokerEngineContract {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HistoryBounds BOUNDS = new HistoryBounds(100, Duration.ofHours(1), 1 << 20);

  /** Braces part a name in a Redis cluster: its slot is that of what is between the first ones. */
  private static final List<String> NAMES =
      List.of("a", "b", "c", "d", "{x}", "{}", "}", "a}b", "{a}b}", "x{y", "\ud800{a}");

  private static RedisCluster servers;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    servers = RedisCluster.start(folder);
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @Override
  protected AGBrokerEngine createEngine(String cluster) {
    return RedisBroker.at(servers.url()).prefix(cluster).build();
  }

  @Override
  protected boolean joinsEngines() {
    return true;
  }

  @Test
  void eachChannelHasItsHistoryOnTheMasterOfItsSlot() throws Exception {
    AGBrokerEngine engine = createEngine("many");
    try {
      await().atMost(PATIENCE).until(engine::isReady);
      ChannelHistories histories = requireNonNull(engine.histories());
      Set<BrokerProcess> masters = new HashSet<>();
      for (String name : NAMES) {
        masters.add(servers.ownerOf("many:" + name));
        histories.publish(name, Payload.of(name), BOUNDS).join();
      }
      assertThat(masters).hasSize(3);
      for (String name : NAMES) {
        HistoryRequest all = new HistoryRequest(name, HistoryStart.newest(9), BOUNDS, 1_000);
        assertThat(histories.read(all).join().messages())
            .singleElement()
            .satisfies(kept -> assertThat(kept.data()).hasToString(Payload.of(name).toString()));
      }
    } finally {
      engine.close().join();
    }
  }
}
