// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.peer;

import java.util.Locale;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * A Spring Boot application. {@code POST /publish} sends its body to all that are subscribed,
 * {@code GET /memory} says how many bytes are in use after a collection; and there is the procedure
 * {@code echo}.
 */
public final class SpringServer {
  private SpringServer() {}

  /**
   * Starts it.
   *
   * @param args the name of a {@link Setup}, and a port
   */
  public static void main(String[] args) {
    Setup setup = Setup.valueOf(args[0].toUpperCase(Locale.ROOT).replace('-', '_'));
    new SpringApplicationBuilder(setup.configurations())
        .web(setup.type())
        .bannerMode(Banner.Mode.OFF)
        .properties(
            (setup.hasItsOwnPort() ? "socketcluster.port=" : "server.port=") + args[1],
            "socketcluster.enabled=" + !setup.hasStomp(),
            "logging.level.root=warn")
        .run();
  }
}
