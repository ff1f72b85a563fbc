// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.server.AGServerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of the demo on a train; {@code bin/train} is the long form. */
class TrainIT {
  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(port -> TestServers.demo(port, AGServerOptions.builder()));

  @Test
  void thePageShowsEveryMessageOnceAndInOrder() {
    Scenario.named("train")
        .with("seconds", 5)
        .with("every", 1.6)
        .with("away", 0.4)
        .with("rate", 10)
        .run(SERVER.port());
  }
}
