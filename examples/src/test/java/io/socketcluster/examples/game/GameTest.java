// SPDX-License-Identifier: MIT
package io.socketcluster.examples.game;

import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.test.SocketClusterExtension;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class GameTest {
  @RegisterExtension
  final SocketClusterExtension extension =
      SocketClusterExtension.builder().server(Game::create).failOnErrors().build();

  @Test
  void everyPlayerSeesTheMovesOfAllOthersUntilTheyLeave(AGClientSocket ada, AGClientSocket bob) {
    String bobsId = String.valueOf(bob.id());
    Map<String, Double> seen = new ConcurrentHashMap<>();
    ada.subscribe("field").consume(frame -> show(frame, seen));
    await().until(() -> seen.containsKey(bobsId));

    bob.transmit("steer", Map.of("x", -1, "y", 0));
    await().until(() -> seen.getOrDefault(bobsId, 400.0) < 400);

    bob.disconnect();
    await().until(() -> !seen.containsKey(bobsId));
  }

  private static void show(JsonNode frame, Map<String, Double> seen) {
    Map<String, Double> now = new ConcurrentHashMap<>();
    frame.path("ships").forEach(s -> now.put(s.path("id").asString(), s.path("x").asDouble()));
    seen.keySet().retainAll(now.keySet());
    seen.putAll(now);
  }
}
