// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.channels.ChannelPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stock clients whose connections are cut at random show every message once and in order. */
class RecoveryIT {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(RecoveryIT::start);

  private static AGServer start(int port) {
    AGServer server = TestServers.demo(port, AGServerOptions.builder());
    server.channels().policy("room/*", ChannelPolicy.history(5_000, Duration.ofMinutes(5)));
    return server;
  }

  @Test
  void clientsThatAreCutOffMissNothing() {
    Scenario.named("recovery").with("clients", 100).with("seconds", 3).run(SERVER.port());
  }

  @Test
  void clientsWithTheHelperMissNothing() {
    Scenario.named("recovery")
        .with("by", "helper")
        .with("clients", 40)
        .with("seconds", 2)
        .run(SERVER.port());
  }
}
