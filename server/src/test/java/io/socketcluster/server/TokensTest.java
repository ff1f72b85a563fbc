// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.AuthState;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthError;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How tokens are given, taken and lost. */
class TokensTest {
  private static final String REMOVED = "{\"event\":\"#removeAuthToken\"}";

  private final Queue<String> events = new ConcurrentLinkedQueue<>();

  /** Records the events of a socket and of its server in the order in which they are written. */
  private void record(AGServerSocket socket) {
    AGServer server = socket.server();
    socket
        .listener(AGServerSocket.AUTH_TOKEN_SIGNED)
        .consume(e -> events.add("signed"), Runnable::run);
    socket
        .listener(AGServerSocket.AUTH_STATE_CHANGE)
        .consume(
            e -> events.add(e.oldAuthState().value() + ">" + e.newAuthState().value()),
            Runnable::run);
    socket
        .listener(AGServerSocket.AUTHENTICATE)
        .consume(e -> events.add("authenticate " + nameIn(e.authToken())), Runnable::run);
    socket
        .listener(AGServerSocket.DEAUTHENTICATE)
        .consume(e -> events.add("deauthenticate " + nameIn(e.oldAuthToken())), Runnable::run);
    socket
        .listener(AGServerSocket.BAD_AUTH_TOKEN)
        .consume(e -> events.add("bad " + e.authError().name()), Runnable::run);
    server
        .listener(AGServer.AUTHENTICATION_STATE_CHANGE)
        .consume(e -> events.add("server " + e.newAuthState().value()), Runnable::run);
    server
        .listener(AGServer.AUTHENTICATION)
        .consume(e -> events.add("server authentication"), Runnable::run);
    server
        .listener(AGServer.DEAUTHENTICATION)
        .consume(e -> events.add("server deauthentication"), Runnable::run);
    server
        .listener(AGServer.BAD_SOCKET_AUTH_TOKEN)
        .consume(e -> events.add("server bad"), Runnable::run);
  }

  private static String nameIn(@Nullable JsonNode claims) {
    return claims == null ? "nobody" : claims.path("username").asString("nobody");
  }

  private void expectEvents(String... expected) {
    await().untilAsserted(() -> assertThat(events).containsExactly(expected));
    events.clear();
  }

  private static JsonNode claimsOf(AGServerSocket socket) {
    return Objects.requireNonNull(socket.authToken(), "no token");
  }

  private static Map<String, Object> bob() {
    return Map.of("username", "bob");
  }

  private static String tokenOf(RawClient client) {
    JsonNode packet = client.nextJson();
    assertThat(packet.path("event").asString()).isEqualTo("#setAuthToken");
    return packet.path("data").path("token").asString();
  }

  /** A token of Bob, signed by this server. */
  private static String sign(TestServer test, AuthTokenOptions options) {
    RawClient client = test.open();
    AGServerSocket socket = test.socketOf(client);
    socket.setAuthToken(bob(), options);
    String token = tokenOf(client);
    assertThat(socket.signedAuthToken()).isEqualTo(token);
    client.close();
    await().until(() -> socket.state() == SocketState.CLOSED);
    return token;
  }

  @Test
  void theTokenIsInForceAtOnceAndSentBeforeALaterAnswer() {
    try (TestServer test =
        TestServer.start(
            options -> options,
            server ->
                server.onConnection(
                    socket ->
                        socket
                            .procedure("login")
                            .consume(
                                request -> {
                                  socket.setAuthToken(bob());
                                  request.end(claimsOf(socket));
                                })))) {
      RawClient client = test.open();
      long before = Instant.now().getEpochSecond();
      int cid = client.invoke("login", null);

      JsonNode packet = client.nextJson();
      JsonNode answer = client.nextJson();

      assertThat(packet.path("event").asString()).isEqualTo("#setAuthToken");
      assertThat(packet.has("cid")).isFalse();
      assertThat(answer.path("rid").asInt()).isEqualTo(cid);
      JsonNode claims = answer.path("data");
      assertThat(claims.path("username").asString()).isEqualTo("bob");
      long issued = claims.path("iat").asLong();
      assertThat(issued).isBetween(before, before + 10);
      assertThat(claims.path("exp").asLong()).isEqualTo(issued + 86_400);
      AGServerSocket socket = test.socketOf(client);
      assertThat(socket.authState()).isEqualTo(AuthState.AUTHENTICATED);
      assertThat(socket.signedAuthToken()).isEqualTo(packet.path("data").path("token").asString());
    }
  }

  @Test
  void theExpiryIsOfTheClaimElseOfTheCallElseOfTheServer() {
    try (TestServer test =
        TestServer.start(options -> options.authDefaultExpiry(Duration.ofMinutes(2)))) {
      AGServerSocket socket = test.socketOf(test.open());
      long exp = Instant.now().plusSeconds(1000).getEpochSecond();

      socket.setAuthToken(bob());
      assertThat(validSeconds(socket)).isEqualTo(120);
      socket.setAuthToken(bob(), AuthTokenOptions.expiresIn(Duration.ofSeconds(30)));
      assertThat(validSeconds(socket)).isEqualTo(30);
      socket.setAuthToken(
          Map.of("username", "bob", "exp", exp),
          AuthTokenOptions.expiresIn(Duration.ofSeconds(30)));
      assertThat(claimsOf(socket).path("exp").asLong()).isEqualTo(exp);
    }
  }

  private static long validSeconds(AGServerSocket socket) {
    JsonNode claims = claimsOf(socket);
    return claims.path("exp").asLong() - claims.path("iat").asLong();
  }

  @Test
  void theClaimsOfTheCallerAreNotChanged() {
    record User(String username) {}
    try (TestServer test = TestServer.start()) {
      AGServerSocket socket = test.socketOf(test.open());
      Map<String, Object> claims = new HashMap<>(bob());

      socket.setAuthToken(claims);
      assertThat(claims).isEqualTo(bob());
      socket.setAuthToken(new User("eve"));
      assertThat(nameIn(socket.authToken())).isEqualTo("eve");
    }
  }

  @Test
  void aConfirmedDeliveryCompletesWhenTheClientHasStoredTheToken() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      CompletableFuture<Void> delivery =
          socket.setAuthToken(
              bob(), AuthTokenOptions.builder().rejectOnFailedDelivery(true).build());

      JsonNode packet = client.nextJson();
      assertThat(packet.path("event").asString()).isEqualTo("#setAuthToken");
      assertThat(delivery).isNotDone();
      assertThat(socket.authState()).isEqualTo(AuthState.AUTHENTICATED);
      client.send("{\"rid\":" + packet.path("cid").asInt(-1) + "}");

      assertThat(delivery.orTimeout(60, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(60));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"refused", "timed out", "lost"})
  void aFailedDeliveryIsAnAuthError(String how) {
    Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        TestServer.start(options -> options.ackTimeout(Duration.ofMillis(300)))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.listener(AGServerSocket.ERROR).consume(event -> errors.add(event.error()));
      CompletableFuture<Void> delivery =
          socket.setAuthToken(
              bob(), AuthTokenOptions.builder().rejectOnFailedDelivery(true).build());
      AtomicReference<Thread> continued = new AtomicReference<>();
      CompletableFuture<Void> continuation =
          delivery.whenComplete((done, failure) -> continued.set(Thread.currentThread()));
      int cid = client.nextJson().path("cid").asInt(-1);
      switch (how) {
        case "refused" ->
            client.send(
                "{\"rid\":" + cid + ",\"error\":{\"name\":\"Error\",\"message\":\"Disk full\"}}");
        case "lost" -> client.close();
        default -> {}
      }

      await().until(continuation::isDone); // who joins may run continuations itself
      assertThatThrownBy(delivery::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(AuthError.class)
          .hasMessageStartingWith("Failed to deliver auth token to client - ")
          .hasMessageContaining(how.equals("refused") ? "Disk full" : "#setAuthToken");
      await().until(() -> errors.stream().anyMatch(AuthError.class::isInstance));
      assertThat(continued.get()).matches(Thread::isVirtual);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "list", "number", "exp"})
  void whatCannotBeSignedThrowsAndCloses(String what) {
    Object claims =
        switch (what) {
          case "text" -> "bob";
          case "list" -> List.of("bob");
          case "number" -> 7;
          default -> Map.of("exp", "tomorrow");
        };
    Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.listener(AGServerSocket.ERROR).consume(event -> errors.add(event.error()));

      assertThatThrownBy(() -> socket.setAuthToken(claims)).isInstanceOf(AGException.class);

      assertThat(client.awaitClose().code()).isEqualTo(4002);
      await().until(() -> !errors.isEmpty());
      assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
      assertThat(client.waiting()).isZero();
    }
  }

  @Test
  void beforeTheHandshakeThereIsNobodyToGiveATokenTo() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.upgraded();
      await().until(() -> test.server().pendingClientsCount() == 1);
      AGServerSocket socket = test.server().pendingClients().values().iterator().next();

      assertThatThrownBy(() -> socket.setAuthToken(bob())).isInstanceOf(InvalidActionError.class);

      assertThat(client.handshake(null).path("isAuthenticated").asBoolean(true)).isFalse();
      assertThat(socket.state()).isEqualTo(SocketState.OPEN);
    }
  }

  @Test
  void aGoodTokenAuthenticates() {
    try (TestServer test = TestServer.start()) {
      String token = sign(test, AuthTokenOptions.DEFAULT);
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      record(socket);

      JsonNode answer = client.call("#authenticate", token);

      assertThat(answer.path("data")).hasToString("{\"isAuthenticated\":true,\"authError\":null}");
      assertThat(nameIn(socket.authToken())).isEqualTo("bob");
      assertThat(socket.signedAuthToken()).isEqualTo(token);
      expectEvents(
          "unauthenticated>authenticated",
          "server authenticated",
          "authenticate bob",
          "server authentication");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a.b.c\"", "\"\"", "7", "null", "{}"})
  void aBadTokenIsRefusedAndTakenFromTheClient(String token) {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      record(socket);
      socket.setAuthToken(bob());
      tokenOf(client);
      events.clear();
      client.send("{\"event\":\"#authenticate\",\"data\":" + token + ",\"cid\":2}");

      JsonNode answer = client.nextJson();

      assertThat(answer.path("rid").asInt()).isEqualTo(2);
      assertThat(answer.path("error").path("name").asString()).startsWith("AuthToken");
      assertThat(answer.path("error").path("isBadToken").asBoolean(false)).isTrue();
      assertThat(client.next()).isEqualTo(REMOVED);
      assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
      assertThat(socket.authToken()).isNull();
      assertThat(socket.signedAuthToken()).isNull();
      await().until(() -> events.contains("server bad"));
    }
  }

  @Test
  void aTokenSignedWithAnotherKeyIsBad() {
    String foreign;
    try (TestServer other =
        TestServer.start(options -> options.authKey("another-key-of-thirty-two-bytes-or-more"))) {
      foreign = sign(other, AuthTokenOptions.DEFAULT);
    }
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      JsonNode error = client.call("#authenticate", foreign).path("error");

      assertThat(error.path("name").asString()).isEqualTo("AuthTokenInvalidError");
      assertThat(error.path("message").asString()).isEqualTo("invalid signature");
    }
  }

  @Test
  void signingAnotherTokenIsNoChangeOfState() {
    try (TestServer test = TestServer.start()) {
      AGServerSocket socket = test.socketOf(test.open());
      record(socket);

      socket.setAuthToken(bob());
      expectEvents(
          "signed",
          "unauthenticated>authenticated",
          "server authenticated",
          "authenticate bob",
          "server authentication");
      socket.setAuthToken(Map.of("username", "eve"));
      expectEvents("signed", "authenticate eve", "server authentication");
    }
  }

  @Test
  void deauthenticatingTellsTheClientAndOnlyDeauthenticatingSelfDoesNot() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      record(socket);
      socket.setAuthToken(bob());
      tokenOf(client);
      events.clear();

      socket.deauthenticate();
      assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
      assertThat(client.next()).isEqualTo(REMOVED);
      expectEvents(
          "authenticated>unauthenticated",
          "server unauthenticated",
          "deauthenticate bob",
          "server deauthentication");

      socket.setAuthToken(Map.of("username", "eve"));
      tokenOf(client);
      events.clear();
      socket.deauthenticateSelf();
      assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
      socket.transmit("next", null);
      assertThat(client.next()).isEqualTo("{\"event\":\"next\"}");
      expectEvents(
          "authenticated>unauthenticated",
          "server unauthenticated",
          "deauthenticate eve",
          "server deauthentication");
    }
  }

  @Test
  void theClientTakesItsOwnTokenAway() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      record(socket);
      socket.setAuthToken(bob());
      tokenOf(client);
      events.clear();
      client.transmit("#removeAuthToken", null);

      expectEvents(
          "authenticated>unauthenticated",
          "server unauthenticated",
          "deauthenticate bob",
          "server deauthentication");
      assertThat(client.call("#subscribe", Map.of("channel", "a")).has("error")).isFalse();
    }
  }

  @Test
  void aTokenExpiresByTimeAlone() {
    try (TestServer test =
        TestServer.start(
            options ->
                options.pingInterval(Duration.ofMillis(200)).pingTimeout(Duration.ofMinutes(1)))) {
      RawClient client = test.open();
      client.stopAnsweringPings(); // not one packet
      AGServerSocket socket = test.socketOf(client);
      record(socket);
      socket.setAuthToken(bob(), AuthTokenOptions.expiresIn(Duration.ofSeconds(1)));
      tokenOf(client);
      events.clear();

      assertThat(client.next()).isEqualTo(REMOVED);
      expectEvents(
          "authenticated>unauthenticated",
          "server unauthenticated",
          "deauthenticate bob",
          "server deauthentication");
      assertThat(socket.authToken()).isNull();
      assertThat(socket.state()).isEqualTo(SocketState.OPEN);
    }
  }

  @Test
  void theActionOfAPacketThatCameTooLateShowsWhy() {
    Queue<AGAction> actions = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        TestServer.start(
            options -> options,
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_INBOUND,
                    AGMiddleware.each(
                        action -> {
                          actions.add(action);
                          if (action.authTokenExpiredError() != null) {
                            action.block(action.authTokenExpiredError());
                          } else {
                            action.allow();
                          }
                        })))) {
      for (String event : List.of("#subscribe", "#publish", "work")) {
        RawClient client = test.open();
        AGServerSocket socket = test.socketOf(client);
        socket
            .procedure("late")
            .consume(
                request -> {
                  socket.setAuthToken(Map.of("username", "bob", "exp", 1));
                  request.end();
                },
                Runnable::run); // on the event loop: no sweep comes before the next packet
        client.send(
            "[{\"event\":\"late\",\"cid\":2},{\"event\":\""
                + event
                + "\",\"data\":{\"channel\":\"a\"},\"cid\":3}]");

        tokenOf(client);
        assertThat(client.next()).isEqualTo("{\"rid\":2}");
        assertThat(client.next()).isEqualTo(REMOVED);
        JsonNode error = client.nextJson().path("error");
        assertThat(error.path("name").asString()).isEqualTo("AuthTokenExpiredError");
        assertThat(error.path("expiry").asString()).isNotEmpty();
        assertThat(actions.remove().authTokenExpiredError()).isNull();
        AGAction action = actions.remove();
        assertThat(action.authTokenExpiredError()).isInstanceOf(AuthTokenExpiredError.class);
        assertThat(action.socket().authState()).isEqualTo(AuthState.UNAUTHENTICATED);
        assertThat(socket.subscriptions()).isEmpty();
      }
    }
  }
}
