// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.test.SocketClusterExtension;
import io.socketcluster.test.TestClient;
import io.socketcluster.testkit.RawClient;
import io.socketcluster.testkit.RawServer;
import io.socketcluster.testkit.TcpRelay;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The other tests that docs/testing.md shows. */
class FaultsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** What an application has in its main program. */
  static final class ChatServer {
    private ChatServer() {}

    static AGServer start(int port) {
      return SocketCluster.listen(port);
    }
  }

  @RegisterExtension
  final SocketClusterExtension extension =
      SocketClusterExtension.builder()
          .server(() -> ChatServer.start(0))
          .clientOptions(options -> options.ackTimeout(Duration.ofSeconds(30)))
          .failOnErrors()
          .build();

  @BeforeEach
  void serve(AGServer agServer) {
    agServer.onConnection(
        socket -> socket.procedure("echo").consume(request -> request.end(request.data())));
  }

  @Test
  void aliceIsLoggedIn(@TestClient(claims = "{\"username\":\"alice\"}") AGClientSocket alice) {
    assertThat(alice.authState()).isEqualTo(AuthState.AUTHENTICATED);
  }

  @Test
  void aClientReturnsAfterAReset(AGClientSocket socket, TcpRelay relay) throws Exception {
    String lostId = socket.id();

    relay.reset();
    await().until(() -> socket.state() == SocketState.OPEN && !Objects.equals(socket.id(), lostId));

    assertThat(socket.call("echo", "again").stringValue()).isEqualTo("again");
  }

  @Test
  void aCallOverALongWayTakesLonger(AGClientSocket socket, TcpRelay relay) throws Exception {
    relay.delay(Duration.ofMillis(50));
    long begun = System.nanoTime();

    socket.call("echo", "far away");

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(100));
  }

  @Test
  void aMalformedPacketIsNoCall(RawClient raw) {
    raw.handshake(null);
    raw.send("{\"event\":17,\"cid\":\"no number\"}");

    assertThat(raw.call("echo", "still here").path("data").stringValue()).isEqualTo("still here");
  }

  @Test
  void aCallFailsWhenTheServerHangsUp(RawServer server, AGClientSocket socket) {
    CompletableFuture<JsonNode> answer = socket.invoke("echo", "hello");

    server.acceptOpen().close();

    assertThat(answer)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withCauseInstanceOf(BadConnectionError.class);
  }
}
