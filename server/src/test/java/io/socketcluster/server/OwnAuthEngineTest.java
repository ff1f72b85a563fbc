// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.protocol.errors.AuthTokenInvalidError;
import io.socketcluster.protocol.errors.AuthTokenNotBeforeError;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An engine of the application's own, and the one that servers have. */
class OwnAuthEngineTest {
  private static final Map<String, String> BOB = Map.of("username", "bob");

  /** Tokens that are what they say. */
  private abstract static class PlainEngine implements AGAuthEngine {
    @Override
    public String signToken(ObjectNode claims, AuthTokenOptions options) {
      return claims.toString();
    }

    @Override
    public JsonNode verifyToken(String signedToken, @Nullable AGServerSocket socket) {
      return JsonMapper.shared().readTree(signedToken);
    }
  }

  private static TestServer start(AGAuthEngine engine) {
    return TestServer.start(options -> AGServerOptions.builder().eventLoops(2).authEngine(engine));
  }

  @Test
  void itSignsAndVerifiesForTheSocket() {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    AGAuthEngine engine =
        new PlainEngine() {
          @Override
          public String signToken(ObjectNode claims, AuthTokenOptions options) {
            seen.add("sign " + options.expiresIn());
            claims.put("by", "me");
            return super.signToken(claims, options);
          }

          @Override
          public JsonNode verifyToken(String signedToken, @Nullable AGServerSocket socket) {
            seen.add("verify for " + (socket == null ? "nobody" : socket.id()));
            return super.verifyToken(signedToken, socket);
          }
        };
    try (TestServer test = start(engine)) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);

      socket.setAuthToken(BOB);
      String token = client.nextJson().path("data").path("token").asString();
      client.call("#authenticate", token);

      assertThat(token).isEqualTo("{\"username\":\"bob\",\"by\":\"me\"}");
      assertThat(socket.authToken()).hasToString(token);
      assertThat(seen).containsExactly("sign PT24H", "verify for " + socket.id());
      assertThat(test.server().auth().verifyToken(token).path("by").asString()).isEqualTo("me");
      assertThat(seen).contains("verify for nobody");
    }
  }

  @Test
  void itMayBlockAndOnlyThatSocketWaits() throws InterruptedException {
    CountDownLatch released = new CountDownLatch(1);
    AtomicReference<Thread> verifying = new AtomicReference<>();
    AGAuthEngine engine =
        new PlainEngine() {
          @Override
          public JsonNode verifyToken(String signedToken, @Nullable AGServerSocket socket) {
            verifying.set(Thread.currentThread());
            try {
              released.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.verifyToken(signedToken, socket);
          }
        };
    try (TestServer test = start(engine)) {
      RawClient slow = test.open();
      RawClient other = test.open();
      RawClient another = test.open(); // one of them is on the same event loop
      int cid = slow.invoke("#authenticate", "{}");

      assertThat(other.call("#subscribe", Map.of("channel", "a")).has("error")).isFalse();
      assertThat(another.call("#subscribe", Map.of("channel", "a")).has("error")).isFalse();
      assertThat(slow.waiting()).isZero();
      released.countDown();
      assertThat(slow.nextJson().path("rid").asInt()).isEqualTo(cid);
      assertThat(verifying.get()).matches(Thread::isVirtual);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "expired,AuthTokenExpiredError,too late,true",
    "invalid,AuthTokenInvalidError,revoked,true",
    "early,AuthTokenNotBeforeError,too early,false",
    "named,AuthTokenError,no such user,true",
    "broken,AuthTokenError,The token could not be verified,true",
  })
  void whatItThrowsReachesTheClientByItsMeaning(
      String how, String name, String message, boolean isBadToken) {
    AGAuthEngine engine =
        new PlainEngine() {
          @Override
          public JsonNode verifyToken(String signedToken, @Nullable AGServerSocket socket) {
            throw switch (how) {
              case "expired" -> new AuthTokenExpiredError("too late", Instant.EPOCH);
              case "invalid" -> new AuthTokenInvalidError("revoked");
              case "early" -> new AuthTokenNotBeforeError("too early", Instant.EPOCH);
              case "named" -> new AGException("NoUserError", "no such user");
              default -> new IllegalStateException("jdbc:secret");
            };
          }
        };
    try (TestServer test = start(engine)) {
      RawClient client = test.open();

      JsonNode answer = client.call("#authenticate", "x");

      JsonNode error = isBadToken ? answer.path("error") : answer.path("data").path("authError");
      assertThat(error.path("name").asString()).isEqualTo(name);
      assertThat(error.path("message").asString()).isEqualTo(message);
      assertThat(error.path("isBadToken").asBoolean()).isEqualTo(isBadToken);
    }
  }

  @Test
  void aFailureToSignClosesAndTellsTheClientNothingOfIt() {
    AGAuthEngine engine =
        new PlainEngine() {
          @Override
          public String signToken(ObjectNode claims, AuthTokenOptions options) {
            throw new IllegalStateException("jdbc:secret");
          }
        };
    try (TestServer test = start(engine)) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);

      assertThatThrownBy(() -> socket.setAuthToken(BOB)).hasMessage("jdbc:secret");

      RawClient.Closed closed = client.awaitClose();
      assertThat(closed.code()).isEqualTo(4002);
      assertThat(closed.reason()).doesNotContain("secret");
    }
  }

  @Test
  void aClaimAndAnOptionThatContradictCloseTheSocket() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      AuthTokenOptions options = AuthTokenOptions.builder().issuer("me").build();

      assertThatThrownBy(() -> socket.setAuthToken(Map.of("iss", "you"), options))
          .hasMessageContaining("already has an \"iss\" property");

      assertThat(client.awaitClose().code()).isEqualTo(4002);
    }
  }

  @Test
  void anotherEngineCanTakeOver() {
    try (TestServer test = TestServer.start()) {
      String before = test.server().auth().signToken(BOB);
      test.server().setAuthEngine(JwtAuthEngine.of(TestKeys.pair("ed25519")));

      assertThat(test.upgraded().handshake(before).path("authError").path("message").asString())
          .isEqualTo("invalid algorithm");
      String after = test.server().auth().signToken(BOB);
      assertThat(test.upgraded().handshake(after).path("isAuthenticated").asBoolean()).isTrue();
    }
  }

  @Test
  void theEngineOfAServerSignsForHttp() {
    try (TestServer test =
        TestServer.start(options -> options.authDefaultExpiry(Duration.ofMinutes(2)))) {
      String token = test.server().auth().signToken(BOB);
      JsonNode claims = test.server().auth().verifyToken(token);

      assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(120);
      assertThat(test.upgraded().handshake(token).path("isAuthenticated").asBoolean()).isTrue();
    }
  }
}
