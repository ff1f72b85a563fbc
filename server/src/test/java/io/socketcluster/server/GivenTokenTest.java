// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.Payload;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GivenTokenTest {
  @Test
  void aTokenThatIsGivenAsAPayloadStaysAsItIs() {
    Payload given = Payload.of(Map.of("username", "bob"));
    try (TestServer test = TestServer.start()) {
      AGServerSocket socket = test.socketOf(test.open());

      socket.setAuthToken(given);
      socket.setAuthToken(given);

      assertThat(given.node().propertyNames()).containsExactly("username");
      JsonNode token = Objects.requireNonNull(socket.authToken());
      assertThat(token.propertyNames()).containsExactlyInAnyOrder("username", "iat", "exp");
    }
  }
}
