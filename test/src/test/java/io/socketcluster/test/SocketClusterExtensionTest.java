// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.SocketState;
import io.socketcluster.server.AGServer;
import io.socketcluster.testkit.RawClient;
import io.socketcluster.testkit.RawConnection;
import io.socketcluster.testkit.RawServer;
import io.socketcluster.testkit.TcpRelay;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@SocketClusterTest
@Timeout(60)
class SocketClusterExtensionTest {
  private AGServer served;

  @BeforeEach
  void serve(AGServer agServer) {
    served = agServer;
    agServer.onConnection(
        socket -> socket.procedure("echo").consume(request -> request.end(request.data())));
  }

  @Test
  void theServerIsThatOfTheMethodsBefore(AGServer agServer) {
    assertThat(agServer).isSameAs(served);
    assertThat(agServer.port()).isPositive();
  }

  @Test
  void eachClientIsConnectedAndItsOwn(AGClientSocket first, AGClientSocket second)
      throws Exception {
    assertThat(first.state()).isEqualTo(SocketState.OPEN);
    assertThat(first.id()).isNotEqualTo(second.id());
    assertThat(served.clientsCount()).isEqualTo(2);
    assertThat(second.call("echo", "hello").stringValue()).isEqualTo("hello");
  }

  @Test
  void aClientWithClaimsIsLoggedIn(
      @TestClient(claims = "{\"username\":\"alice\"}") AGClientSocket alice,
      AGClientSocket stranger) {
    assertThat(alice.authState()).isEqualTo(AuthState.AUTHENTICATED);
    assertThat(String.valueOf(alice.authToken())).contains("\"username\":\"alice\"");
    assertThat(stranger.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
  }

  @Test
  void aClientConnectsLaterIfAsked(@TestClient(connected = false) AGClientSocket socket)
      throws Exception {
    assertThat(socket.state()).isEqualTo(SocketState.CLOSED);
    assertThat(socket.call("echo", 1).intValue()).isEqualTo(1);
  }

  @Test
  void clientsConnectThroughTheRelay(AGClientSocket socket, RawClient raw, TcpRelay relay) {
    assertThat(relay.connections()).isEqualTo(2);

    relay.reset();

    assertThat(raw.awaitClose().code()).isEqualTo(1006);
    await().until(() -> socket.state() == SocketState.OPEN && relay.connections() == 1);
  }

  @Test
  void aRawClientBeginsWithTheHandshake(RawClient raw) {
    assertThat(raw.handshake(null).path("isAuthenticated").booleanValue(true)).isFalse();
    assertThat(raw.call("echo", "raw").path("data").stringValue()).isEqualTo("raw");
  }

  @Test
  void aRawServerAnswersItsClients(RawServer server, AGClientSocket socket) {
    RawConnection connection = server.acceptOpen();
    CompletableFuture<JsonNode> answer = socket.invoke("anything", null);
    connection.answer(connection.readText(), "\"data\":42");

    assertThat(answer.join().intValue()).isEqualTo(42);
    assertThat(served.clientsCount()).isZero();
  }
}
