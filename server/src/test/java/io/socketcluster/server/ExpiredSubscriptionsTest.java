// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of the subscriptions that an expired token was needed for. */
class ExpiredSubscriptionsTest {
  private static final String REMOVED = "{\"event\":\"#removeAuthToken\"}";
  private static final AuthTokenOptions A_SECOND =
      AuthTokenOptions.expiresIn(Duration.ofSeconds(1));
  private static final Map<String, String> BOB = Map.of("username", "bob");

  private static TestServer start(ExpiredTokenSubscriptions mode, Consumer<AGServer> setUp) {
    return TestServer.start(
        options -> options.pingInterval(Duration.ofMillis(200)).expiredTokenSubscriptions(mode),
        setUp);
  }

  private static TestServer start() {
    return start(ExpiredTokenSubscriptions.DROP, server -> {});
  }

  private static void subscribe(RawClient client, String channel, @Nullable Object... more) {
    Map<String, Object> data = new HashMap<>(Map.of("channel", channel));
    for (int i = 0; i < more.length; i += 2) {
      data.put(String.valueOf(more[i]), Objects.requireNonNull(more[i + 1]));
    }
    assertThat(client.call("#subscribe", data).has("error")).isFalse();
  }

  private static void logIn(RawClient client, AGServerSocket socket, AuthTokenOptions options) {
    socket.setAuthToken(BOB, options);
    assertThat(client.nextJson().path("event").asString()).isEqualTo("#setAuthToken");
  }

  private static String kickOut(String channel, String message) {
    return "{\"event\":\"#kickOut\",\"data\":{\"channel\":\"%s\",\"message\":\"%s\"}}"
        .formatted(channel, message);
  }

  private static String expiredKickOut(String channel) {
    return kickOut(channel, "The socket auth token has expired");
  }

  private static void assertReceives(TestServer test, RawClient client, String channel) {
    test.server().exchange().transmitPublish(channel, "news of " + channel);
    assertThat(client.next()).contains("#publish", "news of " + channel);
  }

  @Test
  void expiredTokenDropsTheSubscriptionsItWasGranted() {
    Queue<String> events = new ConcurrentLinkedQueue<>();
    try (TestServer test = start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.listener(AGServerSocket.UNSUBSCRIBE).consume(e -> events.add(e.channel()));
      test.server()
          .listener(AGServer.UNSUBSCRIPTION)
          .consume(e -> events.add("server " + e.channel()));
      subscribe(client, "open");
      logIn(client, socket, A_SECOND);
      subscribe(client, "private");
      subscribe(client, "secret");
      subscribe(client, "open"); // again: it needed no token the first time

      assertThat(client.next()).isEqualTo(REMOVED);
      assertThat(client.next()).isEqualTo(expiredKickOut("private"));
      assertThat(client.next()).isEqualTo(expiredKickOut("secret"));
      assertThat(socket.subscriptions()).containsExactly("open");
      await()
          .untilAsserted(
              () ->
                  assertThat(events)
                      .containsExactlyInAnyOrder(
                          "private", "server private", "secret", "server secret"));
      test.server().exchange().transmitPublish("private", "news");
      assertReceives(test, client, "open");
    }
  }

  @Test
  void aTokenThatReplacesAnotherInTimeTakesItsSubscriptionsOver() {
    try (TestServer test = start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      logIn(client, socket, A_SECOND);
      subscribe(client, "private");
      String signed = String.valueOf(socket.signedAuthToken());

      logIn(client, socket, AuthTokenOptions.DEFAULT);
      await().until(() -> isExpired(test, signed));
      assertReceives(test, client, "private");

      logIn(client, socket, A_SECOND);
      assertThat(client.next()).isEqualTo(REMOVED);
      assertThat(client.next()).isEqualTo(expiredKickOut("private"));
    }
  }

  private static boolean isExpired(TestServer test, String signed) {
    try {
      test.server().auth().verifyToken(signed);
      return false;
    } catch (AGException e) {
      return e.name().equals("AuthTokenExpiredError");
    }
  }

  @Test
  void authenticatingWithAnotherTokenTakesThemOverToo() {
    try (TestServer test = start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      logIn(client, socket, A_SECOND);
      subscribe(client, "private");
      String signed = String.valueOf(socket.signedAuthToken());

      client.call("#authenticate", test.server().auth().signToken(BOB));

      await().until(() -> isExpired(test, signed));
      assertReceives(test, client, "private");
    }
  }

  @Test
  void loggingOutBeforeTheTokenExpiresDoesNotKeepThem() {
    try (TestServer test = start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      logIn(client, socket, A_SECOND);
      subscribe(client, "private");

      client.transmit("#removeAuthToken", null);
      await().until(() -> socket.authState() == AuthState.UNAUTHENTICATED);
      assertReceives(test, client, "private");

      assertThat(client.next()).isEqualTo(expiredKickOut("private"));
      assertThat(socket.subscriptions()).isEmpty();
    }
  }

  @Test
  void aBadTokenDoesNotKeepThemEither() {
    try (TestServer test = start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      logIn(client, socket, A_SECOND);
      subscribe(client, "private");

      client.call("#authenticate", "a.b.c");

      assertThat(client.next()).isEqualTo(REMOVED);
      assertThat(client.next()).isEqualTo(expiredKickOut("private"));
    }
  }

  @Test
  void aTokenWithoutAnExpiryNeverDropsAnything() {
    try (TestServer test = start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      logIn(client, socket, A_SECOND);
      subscribe(client, "private");
      String signed = String.valueOf(socket.signedAuthToken());

      socket.setAuthToken(Map.of("username", "bob", "exp", 4_102_444_800L));
      assertThat(client.next()).contains("#setAuthToken");
      await().until(() -> isExpired(test, signed));

      assertThat(socket.subscriptions()).containsExactly("private");
    }
  }

  @Test
  void whatWaitsForAuthRestsAndGoesOnAfterTheNextLogin() {
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            ExpiredTokenSubscriptions.DROP,
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_INBOUND,
                    AGMiddleware.each(
                        action -> {
                          asked.add(action.type().value() + " " + action.data());
                          action.allow();
                        })))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      logIn(client, socket, A_SECOND);
      subscribe(client, "private", "waitForAuth", true, "data", 7);

      assertThat(client.next()).isEqualTo(REMOVED);
      await().until(() -> socket.subscriptions().isEmpty());
      assertThat(client.waiting()).isZero();
      logIn(client, socket, AuthTokenOptions.DEFAULT);

      await().until(() -> socket.isSubscribed("private"));
      assertReceives(test, client, "private");
      assertThat(asked).containsExactly("subscribe 7", "subscribe 7");
    }
  }

  @Test
  void whatRestsAndIsNotAllowedAgainEndsWithTheReason() {
    AtomicBoolean allowed = new AtomicBoolean(true);
    try (TestServer test =
        start(
            ExpiredTokenSubscriptions.DROP,
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_INBOUND,
                    AGMiddleware.each(
                        action -> {
                          if (allowed.get()) {
                            action.allow();
                          } else {
                            action.block(new AGException("ForbiddenError", "Not again"));
                          }
                        })))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      logIn(client, socket, A_SECOND);
      subscribe(client, "private", "waitForAuth", true);
      assertThat(client.next()).isEqualTo(REMOVED);

      allowed.set(false);
      logIn(client, socket, AuthTokenOptions.DEFAULT);

      assertThat(client.next()).isEqualTo(kickOut("private", "Not again"));
      assertThat(socket.subscriptions()).isEmpty();
    }
  }

  @Test
  void whatRestsCanBeUnsubscribedAndKickedOut() {
    try (TestServer test = start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      logIn(client, socket, A_SECOND);
      for (String channel : List.of("a", "b", "c", "d")) {
        subscribe(client, channel, "waitForAuth", true);
      }
      assertThat(client.next()).isEqualTo(REMOVED);
      await().until(() -> socket.subscriptions().isEmpty());

      assertThat(client.call("#unsubscribe", "a").has("error")).isFalse();
      assertThat(client.call("#unsubscribe", "a").has("error")).isTrue();
      socket.kickOut("b", "bye");
      assertThat(client.next()).isEqualTo(kickOut("b", "bye"));
      subscribe(client, "c"); // by itself, without a token
      logIn(client, socket, A_SECOND);

      await().until(() -> socket.subscriptions().size() == 2);
      assertThat(socket.subscriptions()).containsExactly("c", "d");
      assertThat(client.next()).isEqualTo(REMOVED);
      await().untilAsserted(() -> assertThat(socket.subscriptions()).containsExactly("c"));
      socket.kickOut("all");
      assertThat(client.next()).isEqualTo(kickOut("c", "all"));
      assertThat(client.next()).isEqualTo(kickOut("d", "all"));
    }
  }

  @Test
  void recheckAsksTheMiddlewareAgainAndDropsWhatItBlocks() {
    Queue<AGAction> late = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            ExpiredTokenSubscriptions.RECHECK,
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_INBOUND,
                    AGMiddleware.each(
                        action -> {
                          if (action.authTokenExpiredError() != null) {
                            late.add(action);
                            if (String.valueOf(action.channel()).startsWith("private")) {
                              action.block(new AGException("ForbiddenError", "Log in"));
                              return;
                            }
                          }
                          action.allow();
                        })))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      subscribe(client, "before");
      logIn(client, socket, A_SECOND);
      subscribe(client, "private", "data", "x");
      subscribe(client, "public", "data", "y");

      assertThat(client.next()).isEqualTo(REMOVED);
      assertThat(client.next()).isEqualTo(expiredKickOut("private"));
      await().until(() -> late.size() == 2);
      assertThat(socket.subscriptions()).containsExactly("before", "public");
      assertThat(late)
          .allSatisfy(action -> assertThat(action.type()).isEqualTo(AGAction.Type.SUBSCRIBE))
          .extracting(action -> action.channel() + action.data())
          .containsExactly("private\"x\"", "public\"y\"");

      logIn(client, socket, A_SECOND); // what was allowed without a token needs none any more
      assertThat(client.next()).isEqualTo(REMOVED);
      assertReceives(test, client, "public");
      assertThat(late).hasSize(2);
    }
  }

  @Test
  void aRecheckWaitsForTheDecisionBeforeIt() {
    AtomicReference<@Nullable AGAction> undecided = new AtomicReference<>();
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            ExpiredTokenSubscriptions.RECHECK,
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_INBOUND,
                    AGMiddleware.each(
                        action -> {
                          asked.add(action.type().value());
                          if (action.type() == AGAction.Type.TRANSMIT) {
                            undecided.set(action);
                          } else {
                            action.allow();
                          }
                        })))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      logIn(client, socket, A_SECOND);
      subscribe(client, "private");
      client.transmit("slow", null);
      client.send("{\"event\":\"#publish\",\"data\":{\"channel\":\"x\"}}");

      assertThat(client.next()).isEqualTo(REMOVED);
      assertThat(asked).containsExactly("subscribe", "transmit");
      Objects.requireNonNull(undecided.get()).allow();

      await().until(() -> asked.size() == 4);
      assertThat(asked).containsExactly("subscribe", "transmit", "subscribe", "publishIn");
      assertThat(socket.subscriptions()).containsExactly("private");
    }
  }

  @Test
  void keepLeavesThemAsTheyAre() {
    try (TestServer test = start(ExpiredTokenSubscriptions.KEEP, server -> {})) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      logIn(client, socket, A_SECOND);
      subscribe(client, "private");

      assertThat(client.next()).isEqualTo(REMOVED);
      assertReceives(test, client, "private");
      assertThat(socket.subscriptions()).containsExactly("private");
    }
  }

  @Test
  void aSubscriptionThatWasDecidedTooLateIsDroppedToo() {
    AtomicReference<@Nullable AGAction> undecided = new AtomicReference<>();
    try (TestServer test =
        start(
            ExpiredTokenSubscriptions.DROP,
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(undecided::set)))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      logIn(client, socket, A_SECOND);
      int cid = client.invoke("#subscribe", Map.of("channel", "private"));

      assertThat(client.next()).isEqualTo(REMOVED);
      Objects.requireNonNull(undecided.get()).allow();

      assertThat(client.next()).isEqualTo("{\"rid\":" + cid + "}");
      assertThat(client.next()).isEqualTo(expiredKickOut("private"));
      assertThat(socket.subscriptions()).isEmpty();
    }
  }
}
