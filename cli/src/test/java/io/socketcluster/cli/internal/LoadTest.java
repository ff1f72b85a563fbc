// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.SocketCluster;
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
      assertThat(result.latency(50)).isLessThanOrEqualTo(result.latency(100));
    } finally {
      server.close().join();
    }
  }
}
