// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.server.AGServer;
import io.socketcluster.test.SocketClusterTest;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

@SocketClusterTest
class TracesProgramTest {
  private final Queue<String> stopped = new ConcurrentLinkedQueue<>();

  @Test
  void bothEndsObserveACall(AGServer agServer) throws Exception {
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new Stopped());
    TracesProgram.serve(agServer, registry);
    AGClientSocket socket = TracesProgram.connect(agServer.port(), registry);

    assertThat(socket.call("echo", "hello").stringValue()).isEqualTo("hello");
    socket.disconnect();

    await().until(() -> stopped.size() == 2);
    assertThat(stopped)
        .containsExactlyInAnyOrder("socketcluster.server.call", "socketcluster.client.call");
  }

  private final class Stopped implements ObservationHandler<Observation.Context> {
    @Override
    public void onStop(Observation.Context context) {
      stopped.add(String.valueOf(context.getName()));
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }
  }
}
