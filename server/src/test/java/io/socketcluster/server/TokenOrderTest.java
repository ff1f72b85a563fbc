// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.AuthState;
import io.socketcluster.testkit.RawClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The client and the server agree about who is logged in. */
class TokenOrderTest {
  @Test
  void whoLosesItsTokenAtOnceIsToldSoLast() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket
          .listener(AGServerSocket.AUTHENTICATE)
          .consume(event -> socket.deauthenticate(), Runnable::run);

      socket.setAuthToken(Map.of("username", "bob"));

      assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
      assertThat(
              List.of(
                  client.nextJson().path("event").asString(),
                  client.nextJson().path("event").asString()))
          .containsExactly("#setAuthToken", "#removeAuthToken");
    }
  }
}
