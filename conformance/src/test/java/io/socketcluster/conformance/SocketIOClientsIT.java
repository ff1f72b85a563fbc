// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.server.AGServerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client of Socket.IO 0.6.18, as npm has it, and our own, at the door of the demo. */
class SocketIOClientsIT {
  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(port -> TestServers.demo(port, AGServerOptions.builder()));

  @Test
  void bothDoAllTheyCanInABrowser() {
    Scenario.named("socket-io-clients").run(SERVER.port());
  }

  @Test
  void thePageOf2010ChatsWithClientsOfSocketCluster() {
    Scenario.named("socket-io-bridge").run(SERVER.port());
  }
}
