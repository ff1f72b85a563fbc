// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.server.AGServerOptions;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stock client in other runtimes than Node, each with a WebSocket of its own. */
class RuntimesIT {
  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(
          port ->
              TestServers.demo(
                  port,
                  AGServerOptions.builder()
                      .pingInterval(Duration.ofMillis(250))
                      .pingTimeout(Duration.ofSeconds(3))));

  @ParameterizedTest
  @ValueSource(strings = {"demo-rpc", "demo-channels", "demo-auth", "demo-batch", "server-rpc"})
  void bunDoesAllThatNodeDoes(String scenario) {
    Scenario.named(scenario).by(JsRuntime.BUN).run(SERVER.port());
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo-rpc", "demo-channels", "demo-auth", "demo-batch", "server-rpc"})
  void denoDoesAllThatNodeDoes(String scenario) {
    Scenario.named(scenario).by(JsRuntime.DENO).run(SERVER.port());
  }
}
