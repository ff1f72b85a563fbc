// SPDX-License-Identifier: MIT
package io.socketcluster.workers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.server.AGServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
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
}
