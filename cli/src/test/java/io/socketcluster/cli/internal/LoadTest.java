// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.cli.internal.config.CommandFailure;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.SocketCluster;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;

/** The load of the command {@code bench}. */
class LoadTest {
  @Test
  void everyPublishReachesEveryClient() throws InterruptedException {
    AGServer server = SocketCluster.listen(0);
    try {
      String url = "ws://localhost:" + server.port() + "/socketcluster/";
      Load.Result result = new Load(url, 3, "bench").run(20, 1);
      assertThat(result.published()).isEqualTo(20);
      assertThat(result.delivered()).isEqualTo(60).isEqualTo(result.expected());
      assertThat(result.failures()).isZero();
    } finally {
      server.close().join();
    }
  }

  @Test
  void percentilesAreThoseOfTheDeliveries() {
    AtomicLongArray tenths = new AtomicLongArray(100_000);
    tenths.set(10, 50); // 50 deliveries in 1 ms
    tenths.set(20, 49);
    tenths.set(5_000, 1);
    Load.Result result = new Load.Result(1, 1, 100, 100, 100, 0, tenths);
    assertThat(result.latency(50)).isEqualTo(1.0);
    assertThat(result.latency(51)).isEqualTo(2.0);
    assertThat(result.latency(99)).isEqualTo(2.0);
    assertThat(result.latency(100)).isEqualTo(500.0);
  }

  @Test
  void aServerThatCannotBeReachedIsToldAtOnce() throws IOException {
    int free;
    try (ServerSocket unused = new ServerSocket(0)) {
      free = unused.getLocalPort();
    }
    String url = "ws://localhost:" + free + "/socketcluster/";
    assertThatThrownBy(() -> new Load(url, 3, "bench").run(20, 1))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("a client cannot connect to " + url);
  }
}
