// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.server.AGServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients and the page of the demo come back by themselves when the server was restarted. */
class RestartIT {
  private static final String AUTH_KEY = "a key that stays the same over all restarts";
  private static final int COME_BACK = 4000;
  private static final Path SCREENSHOTS = Path.of("target/screenshots").toAbsolutePath();

  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(
          port -> TestServers.demo(port, AGServerOptions.builder().authKey(AUTH_KEY)));

  @Test
  void aClientComesBackLoggedInAndSubscribed() throws Exception {
    runWithRestart(Scenario.named("restart").with("closeCode", COME_BACK), "READY");
  }

  @Test
  void twoWindowsChatAndComeBack() throws Exception {
    runWithRestart(
        Scenario.named("browser-chat").with("out", SCREENSHOTS).within(Duration.ofMinutes(2)),
        "READY_FOR_RESTART");
  }

  private static void runWithRestart(Scenario scenario, String readyLine) throws Exception {
    try (ScenarioRun run = scenario.start(SERVER.port())) {
      run.await(readyLine);
      SERVER.restart();
      run.awaitSuccess();
    }
  }
}
