// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.store.StoreError;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.workers.WorkersOptions;
import io.socketcluster.workers.internal.store.StoreAddress;
import io.socketcluster.workers.internal.store.WorkerStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The store beside the broker needs the key of the broker. */
class BrokerServerTest {
  private static WorkerStore store(BrokerServer server, String key, Duration timeout) {
    WorkersOptions options =
        WorkersOptions.builder()
            .storeOptions(StoreOptions.builder().timeout(timeout).build())
            .build();
    return WorkerStore.of(options, new StoreAddress(server.brokerPort(), key));
  }

  @Test
  void theStoreIsForThoseWhoHaveTheKey() throws Exception {
    BrokerServer server = BrokerServer.start("the-key", 0, 0, StoreOptions.DEFAULT);
    WorkerStore worker = store(server, "the-key", Duration.ofMinutes(1));
    WorkerStore stranger = store(server, "no-key", Duration.ofMillis(600));
    try {
      worker.get().set("a", 1).get(60, SECONDS);

      assertThatThrownBy(() -> stranger.get().get("a").get(60, SECONDS))
          .hasCauseInstanceOf(StoreError.class)
          .hasMessageContaining("cannot be reached")
          .message()
          .doesNotContain("no-key");
      assertThat(worker.get().keys().get(60, SECONDS)).containsExactly("a");
    } finally {
      worker.close().join();
      stranger.close().join();
      server.close().get(60, SECONDS);
    }
  }
}
