// SPDX-License-Identifier: MIT
package io.socketcluster.examples.game;

import io.socketcluster.examples.pages.Pages;
import io.socketcluster.examples.pages.Ticks;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.SocketCluster;
import java.time.Duration;
import java.util.Set;

/**
 * A game whose server decides everything: players transmit {@code steer} when a key changes, and
 * the server moves the ships and publishes the field twenty times a second. However many players
 * there are, a tick is one publish, which is encoded once.
 */
public final class Game {
  private static final Duration TICK = Duration.ofMillis(50);

  private Game() {}

  /** Makes the server, which does not listen yet. */
  public static AGServer create() {
    AGServer server = SocketCluster.create(Pages.options().allowClientPublish(false).build());
    Field field = new Field();
    server.onConnection(
        socket ->
            socket
                .receiver("steer", Steer.class)
                .consume(steer -> field.steer(socket.id(), steer)));
    Ticks.every(
        TICK,
        server,
        () ->
            server
                .exchange()
                .transmitPublish("field", field.move(Set.copyOf(server.clients().keySet()))));
    return server;
  }
}
