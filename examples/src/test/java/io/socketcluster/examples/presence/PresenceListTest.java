// SPDX-License-Identifier: MIT
package io.socketcluster.examples.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.test.SocketClusterExtension;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class PresenceListTest {
  @RegisterExtension
  final SocketClusterExtension extension =
      SocketClusterExtension.builder().server(PresenceList::create).failOnErrors().build();

  @Test
  void everyoneInARoomSeesWhoComesAndLeaves(AGClientSocket ada, AGClientSocket bob)
      throws Exception {
    Set<String> seen = new ConcurrentSkipListSet<>();
    join(ada, "ada");
    ada.subscribe("#presence/room/lobby").consume(told -> apply(told, seen));
    await().until(() -> seen.equals(Set.of("ada")));

    join(bob, "bob");
    await().until(() -> seen.equals(Set.of("ada", "bob")));

    bob.unsubscribe("room/lobby");
    await().until(() -> seen.equals(Set.of("ada")));
  }

  @Test
  void aNameOfBlanksIsRefused(AGClientSocket socket) {
    assertThatThrownBy(() -> socket.call("login", Map.of("username", " ")))
        .isInstanceOf(AGException.class)
        .hasMessageContaining("1 to 32 characters");
    assertThat(socket.authToken()).isNull();
  }

  private static void join(AGClientSocket socket, String name) throws Exception {
    socket.call("login", Map.of("username", name));
    socket.subscribe("room/lobby");
  }

  private static void apply(JsonNode told, Set<String> seen) {
    List.of("users", "joined").forEach(key -> told.path(key).forEach(u -> seen.add(u.asString())));
    told.path("left").forEach(user -> seen.remove(user.asString()));
  }
}
