// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.server.AGServerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thousand clients that invoke at once upon connect are all answered, in every style. */
class ConnectStormIT {
  @RegisterExtension
  static final RunningServer HANDLERS =
      new RunningServer(port -> TestServers.demo(port, AGServerOptions.builder()));

  @RegisterExtension
  static final RunningServer LOOP = new RunningServer(TestServers::connectionLoop);

  @RegisterExtension static final RunningServer LATE = new RunningServer(TestServers::lateHandlers);

  @Test
  void byAHandlerThatConsumes() {
    Scenario.named("connect-storm").run(HANDLERS.port());
  }

  @Test
  void byALoopOnAVirtualThreadForEachSocket() {
    Scenario.named("connect-storm").with("procedure", "echoLoop").run(HANDLERS.port());
  }

  @Test
  void whenOneLoopTakesAllConnections() {
    Scenario.named("connect-storm").run(LOOP.port());
  }

  @Test
  void whenTheHandlersComeAfterTheCalls() {
    Scenario.named("connect-storm").run(LATE.port());
  }
}
