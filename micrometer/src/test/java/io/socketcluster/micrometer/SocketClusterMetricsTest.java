// SPDX-License-Identifier: MIT
package io.socketcluster.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.RawClient;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server and a client, seen through the meters. */
class SocketClusterMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SocketClusterMetrics metrics = new SocketClusterMetrics(registry);
  private final AGServer server =
      SocketCluster.listen(0, AGServerOptions.builder().serverObserver(metrics).build());
  private final RawClient client = RawClient.upgraded(server.port(), "/socketcluster/");

  @BeforeEach
  void answer() {
    metrics.bindTo(server);
    server.onConnection(
        socket -> {
          socket.procedure("echo").consume(call -> call.end(call.data()));
          socket.procedure("fail").consume(call -> call.error(new IllegalStateException("no")));
        });
    client.handshake(null);
  }

  @AfterEach
  void close() {
    client.close();
    server.close().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private double count(String meter, String... tags) {
    return registry.get("socketcluster." + meter).tags(tags).counter().count();
  }

  private long calls(String procedure, String outcome) {
    return registry
        .get("socketcluster.calls")
        .tags("procedure", procedure, "outcome", outcome)
        .timer()
        .count();
  }

  private double gauge(String meter) {
    return registry.get("socketcluster." + meter).gauge().value();
  }

  @Test
  void callsAreTimedByProcedureAndOutcome() {
    client.call("echo", 1);
    client.call("echo", 2);
    client.call("fail", null);
    await().until(() -> calls("echo", "success") == 2 && calls("fail", "error") == 1);
  }

  @Test
  void connectionsAreCountedFromTheUpgradeToTheirCloseCode() {
    assertThat(count("connections.opened")).isEqualTo(1);
    await().until(() -> gauge("clients") == 1);
    assertThat(count("handshakes.completed")).isEqualTo(1);
    client.sendFrame(8, new byte[] {(byte) (3999 >> 8), (byte) 3999});
    await().until(() -> count("connections.closed", "code", "other") == 1);
    assertThat(gauge("clients")).isZero();
  }

  @Test
  void publishesAreCountedByTheSocketsThatGetThem() {
    client.call("#subscribe", Map.of("channel", "news"));
    server.exchange().invokePublish("news", "hello").join();
    await().until(() -> count("deliveries") == 1);
    assertThat(count("deliveries.size")).isGreaterThan(10);
    assertThat(count("publishes")).isZero();
  }

  @Test
  void theNumberOfProceduresIsBounded() {
    CallTimers timers = new CallTimers(registry, "test", "test", "procedure");
    for (int i = 0; i < 1_000; i++) {
      timers.of("procedure" + i, false).record(1, TimeUnit.MILLISECONDS);
    }
    assertThat(registry.find("test").timers()).hasSize(2 * 101);
    assertThat(
            registry
                .get("test")
                .tags("procedure", "other")
                .tag("outcome", "success")
                .timer()
                .count())
        .isEqualTo(900);
  }

  @Test
  void everythingThatAnObserverSeesIsCounted() {
    assertThat(ServerObserver.class.getMethods())
        .filteredOn(method -> method.getReturnType() == void.class)
        .isNotEmpty()
        .allSatisfy(
            seen ->
                assertThat(
                        SocketClusterMetrics.class
                            .getMethod(seen.getName(), seen.getParameterTypes())
                            .getDeclaringClass())
                    .isEqualTo(SocketClusterMetrics.class));
  }

  @Test
  void theBrokerOfOneServerIsReady() {
    assertThat(gauge("broker.ready")).isEqualTo(1);
  }
}
