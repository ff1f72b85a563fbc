// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.errors.AuthError;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

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

      CompletableFuture<Void> delivery = socket.setAuthToken(BOB, new AuthTokenOptions(null, true));

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

      assertThat(socket.setAuthToken(BOB)).succeedsWithin(Duration.ofSeconds(5));

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
}
