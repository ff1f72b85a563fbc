// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.server.AGServer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The server of a class of tests. After each test, all its clients must be gone. */
final class RunningServer implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private static final int ANY_PORT = 0;
  private static final int CLOSE_SECONDS = 20;
  private static final Duration UNTIL_CLIENTS_ARE_GONE = Duration.ofSeconds(60);

  private final IntFunction<AGServer> starter;
  private @Nullable AGServer server;

  /**
   * @param starter starts the server on a port
   */
  RunningServer(IntFunction<AGServer> starter) {
    this.starter = starter;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    server = starter.apply(ANY_PORT);
  }

  int port() {
    return server().port();
  }

  /** Closes the server and starts it again on its port. */
  void restart() throws Exception {
    int port = port();
    close();
    server = starter.apply(port);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    await()
        .atMost(UNTIL_CLIENTS_ARE_GONE)
        .untilAsserted(
            () -> {
              assertThat(server().clients()).isEmpty();
              assertThat(server().pendingClients()).isEmpty();
              assertThat(server().clientsCount()).isZero();
              assertThat(server().pendingClientsCount()).isZero();
            });
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    close();
  }

  private void close() throws Exception {
    server().close().get(CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  private AGServer server() {
    return Objects.requireNonNull(server, "started before all tests");
  }
}
