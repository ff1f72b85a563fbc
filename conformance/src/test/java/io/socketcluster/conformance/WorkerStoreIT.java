// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.store.Store;
import io.socketcluster.store.redis.RedisStore;
import io.socketcluster.workers.SocketClusterWorker;
import io.socketcluster.workers.WorkersOptions;
import org.junit.jupiter.api.Test;

/** The store of a worker whose broker is Redis. */
class WorkerStoreIT {
  @Test
  void aWorkerHasItsStoreInTheRedisThatIsItsBroker() throws Exception {
    try (BrokerProcess redis = ClusterBrokers.redis()) {
      String url = "redis://" + redis.address();
      WorkersOptions options = WorkersOptions.builder().port(0).broker(url).build();
      SocketClusterWorker worker = SocketClusterWorker.start(started -> {}, options);
      try {
        worker.store().set("votes", 7).get(60, SECONDS);

        try (Store beside = RedisStore.at(url).build()) {
          assertThat(beside.get("votes").get(60, SECONDS).intValue()).isEqualTo(7);
        }
      } finally {
        worker.close().get(60, SECONDS);
      }
    }
  }
}
