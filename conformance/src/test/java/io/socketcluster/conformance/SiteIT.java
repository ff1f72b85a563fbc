// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.SocketCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The documentation site that {@code bin/site} makes, served by a server of this project. */
class SiteIT {
  private static final Path ROOT = Path.of("..");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @RegisterExtension static final RunningServer SERVER = new RunningServer(SiteIT::serve);

  private static AGServer serve(int port) {
    makeTheSite();
    HttpHandler files = HttpHandler.files(ROOT.resolve("target/site"));
    return SocketCluster.listen(port, AGServerOptions.builder().httpHandler(files).build());
  }

  /** A link to nowhere, and a guide that no group of the site has, end the command. */
  private static void makeTheSite() {
    try (ChildProcess site = ChildProcess.start(ROOT, List.of("bin/site"))) {
      site.awaitLine(line -> line.startsWith("The site: "), PATIENCE);
    }
  }

  @Test
  void itsPagesAreFoundAndFitAPhone() {
    Scenario.named("site").run(SERVER.port());
  }
}
