// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.server.AGServerOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client and a server do together, against the demo with the default pings. */
class ClientsIT {
  private static final Duration ACK_TIMEOUT = Duration.ofSeconds(3);

  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(
          port -> TestServers.demo(port, AGServerOptions.builder().ackTimeout(ACK_TIMEOUT)));

  @Test
  void proceduresAnswerWithDataOrWithAnError() {
    Scenario.named("demo-rpc").run(SERVER.port());
  }

  @Test
  void whatIsTransmittedIsTransmittedBack() {
    Scenario.named("demo-transmit").run(SERVER.port());
  }

  @Test
  void aLoginOpensPrivateChannelsAndSurvivesAReconnect() {
    Scenario.named("demo-auth").run(SERVER.port());
  }

  @Test
  void theServerSetsTheNameOfASenderAndANameHasOneOwner() {
    Scenario.named("demo-names").run(SERVER.port());
  }

  @Test
  void publishesReachTheSubscribersOfTheirChannel() {
    Scenario.named("demo-channels").run(SERVER.port());
  }

  @Test
  void packetsInABatchAreHandledOneByOne() {
    Scenario.named("demo-batch").run(SERVER.port());
  }

  @Test
  void whatAClientDidBeforeItConnectedIsDoneInOrder() {
    Scenario.named("offline-start").run(SERVER.port());
  }

  @Test
  void aBadTokenIsASoftErrorAndRemoved() {
    Scenario.named("bad-token").run(SERVER.port());
  }

  @Test
  void publishesOfManyReachAllSubscribersInOneOrder() {
    Scenario.named("ordered-publishes").run(SERVER.port());
  }

  @Test
  void aSocketCanBeKickedOutOfAChannel() {
    Scenario.named("kick-out").run(SERVER.port());
  }

  @Test
  void theServerInvokesTheClient() {
    Scenario.named("server-rpc").with("ackTimeout", ACK_TIMEOUT.toMillis()).run(SERVER.port());
  }
}
