// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.spring;

import io.socketcluster.conformance.Scenario;
import io.socketcluster.conformance.ScenarioRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The official clients and hostile ones on the port of a Spring Boot application. The containers
 * are tested at the same time, because most of it waits for pings and calls.
 */
@Execution(ExecutionMode.CONCURRENT)
class SpringClientsIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int MAX_PAYLOAD = 1_000_000;

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void clientsOfAllAgesAreServedAndHandedOverWhenTheApplicationStops(Container container)
      throws IOException {
    try (ConfigurableApplicationContext old =
            container.start("socketcluster.ping-interval=250ms", "socketcluster.ping-timeout=9s");
        ConfigurableApplicationContext next =
            container.start("socketcluster.max-payload=" + MAX_PAYLOAD)) {
      clientsOfAllAges(Container.portOf(old));
      handOver(old, next);
      hostileClients(Container.portOf(next));
    }
  }

  /** They stay for several pings. */
  private static void clientsOfAllAges(int port) {
    Scenario.named("client-ages")
        .with(
            "groups",
            "/socketcluster/|1|json|2.2.25,9.0.4,14.3.2;/socketcluster/|2|json|15.1.0,20.0.2")
        .with("pingTimeout", 500)
        .within(LIMIT)
        .run(port);
  }

  /** The broken frames; packets and hang-ups are the same on every port. */
  private static void hostileClients(int port) {
    Scenario.named("hostile")
        .with("maxPayload", MAX_PAYLOAD)
        .with("only", "oddFrames")
        .within(LIMIT)
        .run(port);
  }

  private void handOver(ConfigurableApplicationContext old, ConfigurableApplicationContext next)
      throws IOException {
    try (Balancer balancer =
            Balancer.between(Container.portOf(old), Container.portOf(next), directory);
        ScenarioRun run =
            Scenario.named("drain")
                .with("clients", 120)
                .with("mostMs", 9_000)
                .within(LIMIT)
                .start(balancer.port())) {
      run.await("READY");
      balancer.firstStops();
      old.close();
      run.awaitSuccess();
    }
  }
}
