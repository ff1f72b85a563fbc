// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.server.AGServerOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Liveness and expiry, against a server whose times are short. */
class ShortTimesIT {
  private static final Duration PING_INTERVAL = Duration.ofMillis(200);
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration HANDSHAKE_TIMEOUT = Duration.ofMillis(1500);

  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(
          port ->
              TestServers.demo(
                  port,
                  AGServerOptions.builder()
                      .pingInterval(PING_INTERVAL)
                      .pingTimeout(PING_TIMEOUT)
                      .handshakeTimeout(HANDSHAKE_TIMEOUT)));

  @Test
  void anIdleConnectionStaysUpOverManyPings() {
    Scenario.named("ping-pong")
        .with("pingInterval", PING_INTERVAL.toMillis())
        .with("pingTimeout", PING_TIMEOUT.toMillis())
        .run(SERVER.port());
  }

  @Test
  void aClientThatStopsAnsweringIsClosedWith4001() {
    Scenario.named("no-pong").with("pingTimeout", PING_TIMEOUT.toMillis()).run(SERVER.port());
  }

  @Test
  void aConnectionWithoutAHandshakeIsClosedWith4005() {
    Scenario.named("no-handshake")
        .with("handshakeTimeout", HANDSHAKE_TIMEOUT.toMillis())
        .run(SERVER.port());
  }

  @Test
  void anExpiredTokenEndsItsSubscriptions() {
    Scenario.named("expired-subscriptions").run(SERVER.port());
  }

  @Test
  void anExpiredTokenIsTakenAwayAndRefused() {
    Scenario.named("token-expiry").with("pings", "yes").run(SERVER.port());
  }
}
