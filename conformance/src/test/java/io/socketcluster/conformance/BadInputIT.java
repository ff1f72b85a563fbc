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

  /** Nothing but the order of what comes in keeps its clients from being heard after a close. */
  @RegisterExtension
  static final RunningServer WITHOUT_MIDDLEWARE = new RunningServer(TestServers::connectionLoop);

  @Test
  void hostileClientsDisturbNobodyAndFillNoLog() {
    runsWithoutALog(
        Scenario.named("hostile").with("maxPayload", MAX_PAYLOAD).within(Duration.ofMinutes(2)),
        SERVER);
  }

  @Test
  void whatComesTogetherWithAViolationIsNeverExecuted() {
    runsWithoutALog(Scenario.named("early-publish"), SERVER);
  }

  @Test
  void norIsItWithoutAMiddlewareThatEndsWithTheConnection() {
    runsWithoutALog(Scenario.named("early-publish"), WITHOUT_MIDDLEWARE);
  }

  @Test
  void aMessageBeforeTheHandshakeClosesTheConnection() {
    runsWithoutALog(Scenario.named("early-message"), SERVER);
  }

  private static void runsWithoutALog(Scenario scenario, RunningServer server) {
    try (LogRecorder log = LogRecorder.start()) {
      scenario.run(server.port());
      assertThat(log.lines()).as("logged above debug or printed to stderr").isEmpty();
    }
  }
}
