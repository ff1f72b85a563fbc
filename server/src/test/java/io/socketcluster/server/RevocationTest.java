// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.server.tokens.TokenRevocation;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tokens are revoked before they expire, on all servers. */
class RevocationTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final String REMOVED = "{\"event\":\"#removeAuthToken\"}";

  private final AGBrokerEngine engine = new AGSimpleBroker();

  private TestServer start() {
    return TestServer.start(options -> options.brokerEngine(engine));
  }

  /** A client that has a token and is subscribed to a channel. */
  private record User(RawClient client, AGServerSocket socket, String token) {
    static User of(TestServer test, String name, AuthTokenOptions options) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.setAuthToken(Map.of("username", name), options).join();
      String token = client.nextJson().path("data").path("token").stringValue();
      assertThat(client.call("#subscribe", Map.of("channel", "private")).has("error")).isFalse();
      return new User(client, socket, token);
    }

    static User of(TestServer test, String name) {
      return of(test, name, AuthTokenOptions.DEFAULT);
    }

    void assertRevoked() {
      assertThat(client.next()).isEqualTo(REMOVED);
      assertThat(client.next()).contains("#kickOut", "private");
      assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    }

    void assertRefused(TestServer test) {
      JsonNode status = test.upgraded().handshake(token);
      assertThat(status.path("isAuthenticated").booleanValue(true)).isFalse();
      assertThat(status.path("authError").path("name").stringValue())
          .isEqualTo("AuthTokenInvalidError");
      JsonNode answer = client.call("#authenticate", token);
      assertThat(answer.path("error").path("message").stringValue()).isEqualTo("jwt revoked");
    }
  }

  private static ClusterAnswer revoke(TestServer test, TokenRevocation revocation) {
    return test.server().cluster().revokeTokens(revocation).join();
  }

  private static void awaitEachOther(TestServer... servers) {
    for (TestServer each : servers) {
      await()
          .until(() -> each.server().cluster().clientsCount().join().servers() == servers.length);
    }
  }

  @Test
  void aUserLosesTheTokensOfAllDevicesOnAllServers() {
    try (TestServer here = start();
        TestServer there = start()) {
      awaitEachOther(here, there);
      User first = User.of(here, "ann");
      User second = User.of(there, "ann");
      User other = User.of(there, "bob");

      ClusterAnswer answer = revoke(here, TokenRevocation.ofUser("username", "ann", DAY));

      assertThat(answer.count()).isEqualTo(2);
      assertThat(answer.isComplete()).isTrue();
      first.assertRevoked();
      second.assertRevoked();
      first.assertRefused(there);
      second.assertRefused(here);
      assertThat(other.socket().authState()).isEqualTo(AuthState.AUTHENTICATED);
      assertThat(there.upgraded().handshake(other.token()).path("isAuthenticated").booleanValue())
          .isTrue();
    }
  }

  @Test
  void aTokenThatWasIssuedLaterIsGood() {
    try (TestServer test = start()) {
      User user = User.of(test, "ann");
      Instant before = Instant.now().minusSeconds(60);
      TokenRevocation earlier = TokenRevocation.ofUser("username", "ann", DAY).issuedUntil(before);
      assertThat(revoke(test, earlier).count()).isZero();
      assertThat(user.socket().authState()).isEqualTo(AuthState.AUTHENTICATED);
      assertThat(test.upgraded().handshake(user.token()).path("isAuthenticated").booleanValue())
          .isTrue();
    }
  }

  @Test
  void oneTokenIsRevokedByItsId() {
    try (TestServer test = start()) {
      User phone = User.of(test, "ann", AuthTokenOptions.builder().jwtid("phone").build());
      User laptop = User.of(test, "ann", AuthTokenOptions.builder().jwtid("laptop").build());
      assertThat(revoke(test, TokenRevocation.ofId("phone", DAY)).count()).isEqualTo(1);
      phone.assertRevoked();
      phone.assertRefused(test);
      assertThat(laptop.socket().authState()).isEqualTo(AuthState.AUTHENTICATED);
    }
  }

  @Test
  void aServerThatComesLaterKnowsWhatIsRevoked() {
    try (TestServer here = start()) {
      User user = User.of(here, "ann");
      revoke(here, TokenRevocation.ofUser("username", "ann", DAY));
      user.assertRevoked();
      try (TestServer there = start()) {
        awaitEachOther(here, there);
        await()
            .until(
                () ->
                    !there
                        .upgraded()
                        .handshake(user.token())
                        .path("isAuthenticated")
                        .booleanValue());
        user.assertRefused(there);
      }
    }
  }

  @Test
  void aServerThatAsksBeforeItAnnouncesItselfIsToldOnceWhatIsRevoked() {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    ChannelSubscriber newcomer =
        message ->
            told.add(Objects.requireNonNull(message.data()).node().path("type").stringValue());
    engine.subscribe(newcomer, engine.serversChannel() + "/newcomer").join();
    try (TestServer test = start()) {
      revoke(test, TokenRevocation.ofUser("username", "ann", DAY));
      for (int number = 1; number <= 2; number++) {
        Map<String, Object> question =
            Map.of("from", "newcomer", "type", "question", "number", number, "action", "count");
        engine.invokePublish(engine.serversChannel(), Payload.of(question)).join();
      }
      await().until(() -> told.stream().filter("answer"::equals).count() == 2);
      assertThat(told)
          .containsExactlyInAnyOrderElementsOf(List.of("here", "revoked", "answer", "answer"));
    }
  }

  @Test
  void moreThanTheLimitIsRefusedWithoutEffect() {
    try (TestServer test = TestServer.start(options -> options.tokenRevocationLimit(0))) {
      User user = User.of(test, "ann");
      assertThatThrownBy(() -> revoke(test, TokenRevocation.ofUser("username", "ann", DAY)))
          .hasCauseInstanceOf(ResourceLimitError.class);
      assertThat(user.socket().authState()).isEqualTo(AuthState.AUTHENTICATED);
    }
  }

  @Test
  void aSubscriptionThatIsBeingDecidedDoesNotOutliveItsToken() {
    Queue<AGAction> undecided = new ConcurrentLinkedQueue<>();
    try (TestServer test = start()) {
      User user = User.of(test, "ann");
      test.server()
          .setMiddleware(AGServer.MIDDLEWARE_INBOUND, stream -> stream.forEach(undecided::add));
      user.client().invoke("#subscribe", Map.of("channel", "late"));
      await().until(() -> !undecided.isEmpty());
      revoke(test, TokenRevocation.ofUser("username", "ann", DAY));
      user.assertRevoked();
      undecided.remove().allow();
      String next = user.client().next();
      while (!next.contains("#kickOut")) {
        next = user.client().next();
      }
      assertThat(next).contains("late");
      await().until(() -> !user.socket().isSubscribed("late"));
    }
  }
}
