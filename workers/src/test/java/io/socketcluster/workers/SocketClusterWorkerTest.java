// SPDX-License-Identifier: MIT
package io.socketcluster.workers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.server.AGServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A single worker in this process. */
class SocketClusterWorkerTest {
  private static final WorkersOptions ANY_PORT = WorkersOptions.builder().port(0).build();

  /** An application. */
  private static final class Echo implements WorkerController {
    @Override
    public void configure(AGServerOptions.Builder options) {
      options.pingInterval(Duration.ofSeconds(7));
    }

    @Override
    public void run(SocketClusterWorker worker) {
      worker
          .agServer()
          .onConnection(
              socket ->
                  socket
                      .procedure("worker")
                      .consume(request -> request.end(Map.of("id", worker.id()))));
    }
  }

  @Test
  void theControllerServesTheConnections() throws Exception {
    SocketClusterWorker worker = SocketClusterWorker.start(new Echo(), ANY_PORT);
    AGClientSocket socket =
        SocketClusterClient.create(
            AGClientOptions.builder().port(worker.agServer().port()).build());
    try {
      assertThat(socket.invoke("worker", null).get(60, SECONDS).path("id").intValue(-1)).isZero();
      assertThat(worker.isLeader()).isTrue();
      assertThat(worker.agServer().options().pingInterval()).isEqualTo(Duration.ofSeconds(7));
    } finally {
      socket.disconnect();
      worker.close().get(60, SECONDS);
    }
  }

  @Test
  void aControllerThatFailsStartsNothing() {
    WorkerController failing =
        worker -> {
          throw new IOException("no database");
        };
    assertThatThrownBy(() -> SocketClusterWorker.start(failing, ANY_PORT))
        .hasMessage("The controller of the worker failed: no database");
  }

  /** Nobody listens there: the engine goes on to connect. */
  private static final WorkersOptions WITH_BROKER =
      ANY_PORT.toBuilder().broker("scc://127.0.0.1:1").build();

  private static void assertClosed(AGBrokerEngine engine) {
    assertThat(engine.invokePublish("any", null))
        .failsWithin(Duration.ofMinutes(1))
        .withThrowableThat()
        .withMessageContaining("The broker is closed");
  }

  @Test
  void theBrokerOfTheOptionsEndsWithTheWorker() throws Exception {
    SocketClusterWorker worker = SocketClusterWorker.start(new Echo(), WITH_BROKER);
    worker.close().get(60, SECONDS);
    assertClosed(worker.agServer().brokerEngine());
  }

  @Test
  void theBrokerOfTheOptionsEndsWhenTheControllerFails() {
    CompletableFuture<AGBrokerEngine> engine = new CompletableFuture<>();
    WorkerController failing =
        worker -> {
          engine.complete(worker.agServer().brokerEngine());
          throw new IOException("no database");
        };
    assertThatThrownBy(() -> SocketClusterWorker.start(failing, WITH_BROKER))
        .hasMessageContaining("no database");
    await().untilAsserted(() -> assertClosed(engine.join()));
  }

  /** An application with a broker engine of its own. */
  private static final class OwnBroker implements WorkerController {
    private final CompletableFuture<AGBrokerEngine> replaced = new CompletableFuture<>();
    private final AGBrokerEngine own = new AGSimpleBroker();

    @Override
    public void configure(AGServerOptions.Builder options) {
      replaced.complete(Objects.requireNonNull(options.build().brokerEngine(), "brokerEngine"));
      options.brokerEngine(own);
    }

    @Override
    public void run(SocketClusterWorker worker) {}
  }

  @Test
  void theBrokerOfTheOptionsEndsWhenTheControllerHasItsOwn() throws Exception {
    OwnBroker application = new OwnBroker();
    SocketClusterWorker worker = SocketClusterWorker.start(application, WITH_BROKER);
    try {
      assertClosed(application.replaced.join());
      assertThat(application.own.isReady()).isTrue();
    } finally {
      worker.close().get(60, SECONDS);
    }
    assertThat(application.own.isReady()).isTrue(); // its maker closes it
  }
}
