// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Real clients that compress, beside one that does not. */
class CompressionIT {
  private static final Duration PING_INTERVAL = Duration.ofMillis(20);
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(5);

  @Test
  void clientsThatCompressAndOthersShareAChannel() {
    AGServer server =
        TestServers.demo(
            0,
            AGServerOptions.builder()
                .perMessageDeflate(PerMessageDeflate.DEFAULT.withThreshold(100))
                .pingInterval(PING_INTERVAL)
                .pingTimeout(PING_TIMEOUT));
    try (LogRecorder log = LogRecorder.start()) {
      Scenario.named("compression").run(server.port());
      assertThat(log.lines()).isEmpty();
    } finally {
      server.close().join();
    }
  }
}
