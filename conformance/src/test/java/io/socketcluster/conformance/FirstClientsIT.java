// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.server.AGServerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The clients of SocketCluster 1, and 2.2.3 to 2.2.24, at the door of the demo. */
class FirstClientsIT {
  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(port -> TestServers.demo(port, AGServerOptions.builder()));

  @Test
  void theyDoAllTheyCanAndShareARoomWithTheOthers() {
    Scenario.named("first-clients").run(SERVER.port());
  }
}
