// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.AuthState;
import io.socketcluster.testkit.RawClient;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an application learns about the users of a socket, from its connection on. */
class AuthenticationEventsTest {
  private final Queue<String> authenticated = new ConcurrentLinkedQueue<>();
  private final Queue<@Nullable JsonNode> deauthenticated = new ConcurrentLinkedQueue<>();
  private final Queue<SocketEvent.AuthStateChange> changes = new ConcurrentLinkedQueue<>();
  private final Queue<ServerEvent.AuthenticationStateChange> changesOfServer =
      new ConcurrentLinkedQueue<>();

  private TestServer start() {
    return TestServer.start(
        options -> options,
        server -> {
          server.listener(AGServer.AUTHENTICATION_STATE_CHANGE).consume(changesOfServer::add);
          server.onConnection(socket -> listenTo(socket));
        });
  }

  private void listenTo(AGServerSocket socket) {
    socket
        .listener(AGServerSocket.AUTHENTICATE)
        .consume(event -> authenticated.add(nameIn(event.authToken())));
    socket
        .listener(AGServerSocket.DEAUTHENTICATE)
        .consume(event -> deauthenticated.add(event.oldAuthToken()));
    socket.listener(AGServerSocket.AUTH_STATE_CHANGE).consume(changes::add);
    socket
        .procedure("login")
        .consume(
            request -> {
              socket.setAuthToken(request.data());
              request.end();
            });
  }

  private static String nameIn(@Nullable JsonNode claims) {
    return claims == null ? "nobody" : claims.path("username").asString("nobody");
  }

  /** A token of Bob; what happened while it was made is forgotten. */
  private String tokenOfBob(TestServer test) {
    RawClient client = test.open();
    test.socketOf(client).setAuthToken(Map.of("username", "bob"));
    await().until(() -> changes.size() == 1 && changesOfServer.size() == 1);
    await().until(() -> authenticated.size() == 1);
    authenticated.clear();
    changes.clear();
    changesOfServer.clear();
    return client.nextJson().path("data").path("token").asString();
  }

  @Test
  void anotherUserIsAnAuthenticationAndNoChangeOfState() {
    try (TestServer test = start()) {
      RawClient client = test.open(tokenOfBob(test));

      client.invoke("login", Map.of("username", "alice"));

      await().untilAsserted(() -> assertThat(authenticated).containsExactly("bob", "alice"));
      assertThat(deauthenticated).isEmpty();
      assertThat(changes).hasSize(1).allSatisfy(e -> assertThat(told(e)).isEqualTo(LOGGED_IN));
      assertThat(changesOfServer)
          .hasSize(1)
          .allSatisfy(
              event -> {
                assertThat(event.socket().id()).isEqualTo(client.id());
                assertThat(told(event)).isEqualTo(LOGGED_IN);
              });
    }
  }

  @Test
  void aClientThatLogsOutAtOnceIsSeenToComeInAndToGo() {
    try (TestServer test = start()) {
      RawClient client = test.open(tokenOfBob(test));
      JsonNode initial = test.socketOf(client).authToken();
      client.transmit("#removeAuthToken", null);

      await().until(() -> deauthenticated.size() == 1);
      assertThat(initial).isNotNull();
      assertThat(deauthenticated.peek()).isSameAs(initial);
      String loggedOut = "authenticated>unauthenticated nobody";
      await().until(() -> changes.size() == 2 && changesOfServer.size() == 2);
      assertThat(changes.stream().map(AuthenticationEventsTest::told))
          .containsExactly(LOGGED_IN, loggedOut);
      assertThat(changesOfServer.stream().map(AuthenticationEventsTest::told))
          .containsExactly(LOGGED_IN, loggedOut);
    }
  }

  @Test
  void theEventOfASignedTokenCarriesTheTokenThatTheSocketHasAndTheClientGets() {
    Queue<String> signed = new ConcurrentLinkedQueue<>();
    Queue<String> ofSocket = new ConcurrentLinkedQueue<>();
    try (TestServer test = start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket
          .listener(AGServerSocket.AUTH_TOKEN_SIGNED)
          .consume(
              event -> {
                signed.add(event.signedAuthToken());
                ofSocket.add(String.valueOf(socket.signedAuthToken()));
              });
      client.invoke("login", Map.of("username", "bob"));

      String delivered = client.nextJson().path("data").path("token").asString();

      await().until(() -> ofSocket.size() == 1);
      assertThat(signed).containsExactly(delivered);
      assertThat(ofSocket).containsExactly(delivered);
    }
  }

  private static final String LOGGED_IN = "unauthenticated>authenticated bob";

  private static String told(SocketEvent.AuthStateChange event) {
    return told(event.oldAuthState(), event.newAuthState(), event.authToken());
  }

  private static String told(ServerEvent.AuthenticationStateChange event) {
    return told(event.oldAuthState(), event.newAuthState(), event.authToken());
  }

  private static String told(AuthState from, AuthState to, @Nullable JsonNode token) {
    return from.value() + ">" + to.value() + " " + nameIn(token);
  }

  @Test
  void aLoginThatTakesLongCanKnowThatTheClientHasLoggedOut() {
    CountDownLatch begun = new CountDownLatch(1);
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket
          .procedure("slowLogin")
          .consume(
              request -> {
                try (var logouts =
                    socket.listener(AGServerSocket.DEAUTHENTICATE).createConsumer()) {
                  begun.countDown();
                  await().until(() -> logouts.getBackpressure() > 0);
                  request.end("logged out");
                }
              });
      client.invoke("slowLogin", null);
      await().until(() -> begun.getCount() == 0);
      client.transmit("#removeAuthToken", null);

      assertThat(client.nextJson().path("data").asString()).isEqualTo("logged out");
      assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    }
  }
}
