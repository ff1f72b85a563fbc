// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.server.AGServerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Client 20 in a browser behind a real proxy that breaks WebSockets or holds streams back. */
class HttpFallbackIT {
  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(port -> TestServers.demo(port, AGServerOptions.builder()));

  @Test
  void messagesTakeAnotherWayAndNoneIsLost() {
    Scenario.named("fallback").run(SERVER.port());
  }
}
