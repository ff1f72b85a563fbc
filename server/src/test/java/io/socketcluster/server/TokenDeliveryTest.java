// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthError;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tokens for clients that are not there any more. */
class TokenDeliveryTest {
  private static final Map<String, String> BOB = Map.of("username", "bob");

  private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

  private AGServerSocket disconnected(TestServer test) {
    AGServerSocket socket = test.socketOf(test.open());
    test.server()
        .listener(AGServer.WARNING)
        .consume(event -> warnings.add(event.warning().toString()), Runnable::run);
    socket.disconnect();
    return socket;
  }

  @Test
  void aTokenThatMustBeDeliveredFailsWhenTheClientHasGone() {
    try (TestServer test = TestServer.start()) {
      AGServerSocket socket = disconnected(test);

      CompletableFuture<Void> delivery =
          socket.setAuthToken(BOB, AuthTokenOptions.builder().rejectOnFailedDelivery(true).build());

      await().until(delivery::isDone);
      assertThat(delivery.exceptionNow()).isInstanceOf(AuthError.class);
      await().until(() -> warnings.size() == 2);
      assertThat(warnings)
          .satisfiesExactly(
              first -> assertThat(first).startsWith("BadConnectionError"),
              second -> assertThat(second).startsWith("AuthError"));
    }
  }

  @Test
  void aTokenThatNeedNotBeDeliveredIsAWarningWhenTheClientHasGone() {
    try (TestServer test = TestServer.start()) {
      AGServerSocket socket = disconnected(test);

      assertThat(socket.setAuthToken(BOB)).succeedsWithin(Duration.ofSeconds(60));

      await().until(() -> warnings.size() == 1);
      assertThat(warnings).allMatch(warning -> warning.startsWith("BadConnectionError"));
    }
  }

  @Test
  void aTokenIsTakenFromAClientThatHasGoneWithoutAFailure() {
    try (TestServer test = TestServer.start()) {
      AGServerSocket socket = test.socketOf(test.open());
      socket.setAuthToken(BOB);
      socket.disconnect();

      socket.deauthenticate();

      assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
      assertThat(socket.signedAuthToken()).isNull();
    }
  }

  @Test
  void aTokenThatMustBeRemovedFailsWhenTheClientHasGone() {
    try (TestServer test = TestServer.start()) {
      AGServerSocket socket = test.socketOf(test.open());
      socket.setAuthToken(BOB);
      socket.disconnect();

      CompletableFuture<Void> removal =
          socket.deauthenticate(DeauthenticateOptions.DEFAULT.withRejectOnFailedDelivery());

      await().until(removal::isDone);
      assertThat(removal.exceptionNow()).isInstanceOf(BadConnectionError.class);
      assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRemovalThatMustBeConfirmedWaitsForTheAnswerOfTheClient(boolean agrees) {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.setAuthToken(BOB);
      client.next();
      test.server()
          .listener(AGServer.WARNING)
          .consume(event -> warnings.add(event.warning().toString()));

      CompletableFuture<Void> removal =
          socket.deauthenticate(DeauthenticateOptions.DEFAULT.withRejectOnFailedDelivery());
      JsonNode packet = client.nextJson();

      assertThat(packet.path("event").asString()).isEqualTo("#removeAuthToken");
      assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
      assertThat(removal).isNotDone();
      String error = agrees ? "" : ",\"error\":{\"name\":\"DiskError\",\"message\":\"Full\"}";
      client.send("{\"rid\":" + packet.path("cid").asInt(-1) + error + "}");
      await().until(removal::isDone);
      assertThat(removal.isCompletedExceptionally()).isEqualTo(!agrees);
      await().until(() -> warnings.size() == (agrees ? 0 : 1));
      assertThat(warnings).allMatch(warning -> warning.startsWith("DiskError"));
    }
  }

  @Test
  void aTokenWithTwoIssuersIsNotSentAndEndsTheConnectionBeforeTheLoginIsAnswered() {
    AuthTokenOptions options = AuthTokenOptions.builder().issuer("bar").build();
    Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      test.server()
          .listener(AGServer.WARNING)
          .consume(event -> warnings.add(event.warning().toString()), Runnable::run);
      socket
          .procedure("login")
          .consume(
              request -> {
                try {
                  socket.setAuthToken(Map.of("username", "bob", "iss", "foo"), options);
                } catch (AGException e) {
                  thrown.add(e);
                }
                request.end();
              });
      client.invoke("login", null);

      assertThat(client.awaitClose().code()).isEqualTo(4002);
      assertThat(client.waiting()).isZero();
      assertThat(thrown).hasSize(1);
      await().until(() -> warnings.stream().anyMatch(w -> w.startsWith("SocketProtocolError")));
      assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    }
  }
}
