// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The middleware of the handshake, and batches behind it. */
class HandshakesIT {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(HandshakeServer::start);

  @Test
  void aMiddlewareRefusesAHandshakeOrLetsOneClientWait() {
    Scenario.named("handshake-middleware").run(SERVER.port());
  }

  @Test
  void theServerSeesWithWhichRequestAClientCame() {
    Scenario.named("upgrade-request").run(SERVER.port());
  }

  @Test
  void bothEndsBatchWhatFollowsTheHandshake() {
    Scenario.named("batch-both-ways").run(SERVER.port());
  }
}
