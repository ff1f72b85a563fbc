// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.AGServerOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What must not be: a clear error or the right close code, and nothing that fills a disk. */
class BadInputIT {
  private static final int MAX_PAYLOAD = 1_000_000;

  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(
          port -> TestServers.demo(port, AGServerOptions.builder().maxPayload(MAX_PAYLOAD)));

  @Test
  void hostileClientsDisturbNobodyAndFillNoLog() {
    runsWithoutALog(
        Scenario.named("hostile").with("maxPayload", MAX_PAYLOAD).within(Duration.ofMinutes(2)));
  }

  @Test
  void whatComesTogetherWithAViolationIsNeverExecuted() {
    runsWithoutALog(Scenario.named("early-publish"));
  }

  @Test
  void aMessageBeforeTheHandshakeClosesTheConnection() {
    runsWithoutALog(Scenario.named("early-message"));
  }

  private static void runsWithoutALog(Scenario scenario) {
    try (LogRecorder log = LogRecorder.start()) {
      scenario.run(SERVER.port());
      assertThat(log.lines()).as("logged above debug or printed to stderr").isEmpty();
    }
  }
}
