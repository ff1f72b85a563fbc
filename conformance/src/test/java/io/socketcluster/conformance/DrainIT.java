// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A server that closes hands its clients over to the one that follows. */
class DrainIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  @Test
  void aThousandClientsAreHandedOverToTheNextServer() {
    AGServer old = start(0);
    try (ScenarioRun run = Scenario.named("drain").within(LIMIT).start(old.port())) {
      run.await("READY");
      AGServer next = start(old.port());
      try {
        CompletableFuture<Void> closed = old.close();
        run.awaitSuccess();
        assertThat(closed).succeedsWithin(CLOSE_TIMEOUT);
      } finally {
        next.close().join();
      }
    } finally {
      old.close().join();
    }
  }

  private static AGServer start(int port) {
    return TestServers.demo(
        port, AGServerOptions.builder().reusePort(true).closeTimeout(CLOSE_TIMEOUT));
  }
}
