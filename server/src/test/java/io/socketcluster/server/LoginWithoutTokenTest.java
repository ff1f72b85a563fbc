// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.testkit.RawClient;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** An engine of the application's own that knows clients without a token. */
class LoginWithoutTokenTest {
  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  private record Engine(Function<AGServerSocket, @Nullable JsonNode> knows)
      implements AGAuthEngine {
    @Override
    public String signToken(ObjectNode claims, AuthTokenOptions options) {
      return claims.toString();
    }

    @Override
    public JsonNode verifyToken(String signedToken, @Nullable AGServerSocket socket) {
      return JsonMapper.shared().readTree(signedToken);
    }

    @Override
    public @Nullable JsonNode verifyWithoutToken(AGServerSocket socket) {
      return knows.apply(socket);
    }
  }

  private static @Nullable JsonNode bySession(AGServerSocket socket) {
    String session = socket.request().cookie("session");
    return session == null ? null : JsonMapper.shared().createObjectNode().put("username", session);
  }

  private TestServer start(Function<AGServerSocket, @Nullable JsonNode> knows) {
    return TestServer.start(
        options -> AGServerOptions.builder().eventLoops(2).authEngine(new Engine(knows)),
        server ->
            server
                .listener(AGServer.AUTHENTICATION)
                .consume(event -> told.add(event.authToken().path("username").asString(""))));
  }

  private static RawClient withCookie(TestServer test) {
    RawClient client = test.tcp();
    client.upgrade(test.server().getPath(), "Cookie: session=ada\r\n");
    return client;
  }

  @Test
  void aClientWithASessionIsAuthenticatedInTheHandshake() {
    try (TestServer test = start(LoginWithoutTokenTest::bySession)) {
      RawClient client = withCookie(test);
      JsonNode status = client.handshake(null);

      assertThat(status.path("isAuthenticated").asBoolean()).isTrue();
      assertThat(status.has("authError")).isFalse();
      AGServerSocket socket = test.socketOf(client);
      assertThat(socket.authState()).isEqualTo(AuthState.AUTHENTICATED);
      assertThat(String.valueOf(socket.authToken())).contains("ada");
      assertThat(socket.signedAuthToken()).isNull();
      await().untilAsserted(() -> assertThat(told).containsExactly("ada"));
    }
  }

  @Test
  void theMiddlewareOfTheHandshakeSeesTheClaims() {
    try (TestServer test = start(LoginWithoutTokenTest::bySession)) {
      test.server()
          .setMiddleware(
              AGServer.MIDDLEWARE_HANDSHAKE,
              AGMiddleware.each(
                  action -> {
                    if (action.type() == AGAction.Type.HANDSHAKE_SC && action.authToken() == null) {
                      action.block(new AGException("NobodyError", "no session"));
                      return;
                    }
                    action.allow();
                  }));

      assertThat(withCookie(test).handshake(null).path("isAuthenticated").asBoolean()).isTrue();
      RawClient nobody = test.upgraded();
      nobody.send("{\"event\":\"#handshake\",\"data\":{\"authToken\":null},\"cid\":1}");
      assertThat(nobody.nextJson().path("error").path("name").asString(""))
          .isEqualTo("NobodyError");
    }
  }

  @Test
  void aClientWithoutASessionIsNobody() {
    try (TestServer test = start(LoginWithoutTokenTest::bySession)) {
      JsonNode status = test.upgraded().handshake(null);

      assertThat(status.path("isAuthenticated").asBoolean(true)).isFalse();
      assertThat(status.has("authError")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "0", "0.0", "\"\"", "null"})
  void whatJavaScriptTakesForFalseIsNoToken(String token) {
    try (TestServer test = start(LoginWithoutTokenTest::bySession)) {
      RawClient client = withCookie(test);
      client.send("{\"event\":\"#handshake\",\"data\":{\"authToken\":" + token + "},\"cid\":1}");
      JsonNode status = client.nextJson().path("data");

      assertThat(status.path("isAuthenticated").asBoolean()).isTrue();
      assertThat(status.has("authError")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "missing"})
  void claimsThatStandForNothingAreNoLogin(String claims) {
    JsonNode nothing =
        claims.equals("null") ? NullNode.getInstance() : JsonMapper.shared().missingNode();
    try (TestServer test = start(socket -> nothing)) {
      assertThat(test.upgraded().handshake(null).path("isAuthenticated").asBoolean(true)).isFalse();
      RawClient client = test.upgraded();
      assertThat(client.handshake("null").path("isAuthenticated").asBoolean(true)).isFalse();
      assertThat(test.socketOf(client).authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    }
  }

  @Test
  void anExpiryThatTheEngineWroteAsATextCounts() {
    try (TestServer test =
        start(socket -> JsonMapper.shared().createObjectNode().put("exp", "1000"))) {
      RawClient client = test.upgraded();
      client.handshake(null);

      assertThat(client.nextJson().path("event").asString("")).isEqualTo("#removeAuthToken");
      assertThat(test.socketOf(client).authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    }
  }

  @Test
  void aClientWithATokenIsNotAskedForItsSession() {
    try (TestServer test = start(LoginWithoutTokenTest::bySession)) {
      RawClient client = withCookie(test);
      client.handshake("{\"username\":\"by token\"}");

      assertThat(String.valueOf(test.socketOf(client).authToken())).contains("by token");
    }
  }

  @Test
  void aClientThatAuthenticatesWithoutATokenIsAsked() {
    try (TestServer test = start(LoginWithoutTokenTest::bySession)) {
      RawClient client = withCookie(test);
      client.handshake(null);
      client.send("{\"event\":\"#removeAuthToken\"}");
      JsonNode answer = client.call("#authenticate", null);

      assertThat(answer.path("data").path("isAuthenticated").asBoolean()).isTrue();
      assertThat(test.open().call("#authenticate", null).path("error").path("message").asString(""))
          .isEqualTo("jwt must be provided");
    }
  }

  @Test
  void whatAnEngineSaysThatIsReplacedMeanwhileDoesNotCount() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch replaced = new CountDownLatch(1);
    try (TestServer test =
        start(
            socket -> {
              asked.countDown();
              awaitQuietly(replaced);
              return JsonMapper.shared().createObjectNode().put("username", "eve");
            })) {
      RawClient client = test.upgraded();
      client.send("{\"event\":\"#handshake\",\"data\":{\"authToken\":null},\"cid\":1}");
      asked.await();
      test.server().setAuthEngine(new Engine(socket -> null));
      replaced.countDown();

      JsonNode status = client.nextJson().path("data");
      assertThat(status.path("isAuthenticated").asBoolean(true)).isFalse();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anEngineThatFailsLeavesTheClientUnauthenticated() {
    try (TestServer test =
        start(
            socket -> {
              throw new IllegalStateException("the database is gone");
            })) {
      test.server().listener(AGServer.WARNING).consume(e -> told.add("" + e.warning()));
      JsonNode status = test.upgraded().handshake(null);

      assertThat(status.path("isAuthenticated").asBoolean(true)).isFalse();
      await()
          .untilAsserted(
              () ->
                  assertThat(told)
                      .containsExactly("java.lang.IllegalStateException: the database is gone"));
    }
  }
}
