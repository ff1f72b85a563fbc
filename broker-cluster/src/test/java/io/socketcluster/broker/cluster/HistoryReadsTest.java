// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.broker.history.HistoryStart;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HistoryReadsTest {
  private static final HistoryRequest REQUEST =
      new HistoryRequest(
          "news",
          HistoryStart.newest(1),
          new HistoryBounds(10, Duration.ofMinutes(1), 10_000),
          1_000);
  private static final HistoryPage PAGE = new HistoryPage("epoch", 0, List.of(), 0, 0);

  @Test
  @Timeout(60)
  void aReadThatThrowsFailsAndTheNextOnesAreServed() {
    boolean[] isBroken = {true};
    HistoryReads reads =
        new HistoryReads(
            () -> {
              if (isBroken[0]) {
                throw new IllegalStateException("the connection is closed");
              }
              return serving(PAGE);
            });

    CompletableFuture<HistoryPage> broken = reads.read(REQUEST);
    isBroken[0] = false;

    assertThatThrownBy(broken::join)
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining("the connection is closed");
    assertThat(reads.read(REQUEST)).isCompletedWithValue(PAGE);
  }

  private static BrokerConnection serving(HistoryPage page) {
    return new BrokerConnection() {
      @Override
      public CompletableFuture<HistoryPage> read(HistoryRequest request) {
        return CompletableFuture.completedFuture(page);
      }

      @Override
      public Map<String, BrokerError> subscribe(Collection<String> channels) {
        return Map.of();
      }

      @Override
      public void unsubscribe(Collection<String> channels) {}

      @Override
      public Map<Integer, BrokerError> publish(List<ClusterMessage> messages) {
        return Map.of();
      }

      @Override
      public void check() {}

      @Override
      public void close() {}
    };
  }
}
