// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.examples.game.Game;
import io.socketcluster.examples.presence.PresenceList;
import io.socketcluster.examples.prices.LivePrices;
import io.socketcluster.examples.upload.Uploads;
import io.socketcluster.server.AGServer;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages of the examples in a browser. */
class ExamplesIT {
  @RegisterExtension static final RunningServer PRESENCE = serverOf(PresenceList::create);
  @RegisterExtension static final RunningServer PRICES = serverOf(LivePrices::create);
  @RegisterExtension static final RunningServer GAME = serverOf(Game::create);
  @RegisterExtension static final RunningServer UPLOAD = serverOf(Uploads::create);

  private static RunningServer serverOf(Supplier<AGServer> example) {
    return new RunningServer(
        port -> {
          AGServer server = example.get();
          server.listen(port);
          return server;
        });
  }

  @Test
  void eachPageDoesWhatItIsFor() {
    Scenario.named("example-pages")
        .with("prices", PRICES.port())
        .with("game", GAME.port())
        .with("upload", UPLOAD.port())
        .within(Duration.ofMinutes(2))
        .run(PRESENCE.port());
  }
}
