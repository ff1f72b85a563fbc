// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.AuthState;
import io.socketcluster.server.AGServer;
import io.socketcluster.test.SocketClusterExtension;
import io.socketcluster.test.TestClient;
import io.socketcluster.test.VirtualClock;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TimeTest {
  @RegisterExtension
  final SocketClusterExtension extension =
      SocketClusterExtension.builder()
          .serverOptions(options -> options.authDefaultExpiry(Duration.ofHours(1)))
          .build();

  @Test
  void aSilentClientLosesItsConnection(VirtualClock clock, AGServer agServer, RawClient silent) {
    silent.handshake(null);
    silent.stopAnsweringPings();
    await().until(() -> agServer.clientsCount() == 1);

    clock.advance(Duration.ofMinutes(1));

    assertThat(agServer.clientsCount()).isZero();
  }

  @Test
  void aLoginLastsForAnHour(
      VirtualClock clock, @TestClient(claims = "{\"username\":\"alice\"}") AGClientSocket alice) {
    clock.advance(Duration.ofMinutes(59));
    assertThat(alice.authState()).isEqualTo(AuthState.AUTHENTICATED);

    clock.advance(Duration.ofMinutes(2));
    await().until(() -> alice.authState() == AuthState.UNAUTHENTICATED);
  }
}
