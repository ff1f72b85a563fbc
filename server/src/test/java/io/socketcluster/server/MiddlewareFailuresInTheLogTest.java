// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A fault of a middleware is in the log when nobody listens; a refusal is none. */
class MiddlewareFailuresInTheLogTest {
  private static final String BUG = ": java.lang.IllegalStateException: a bug";

  private final FailureLines log = FailureLines.record();

  @AfterEach
  void stopRecording() {
    log.close();
  }

  private static void fail() {
    throw new IllegalStateException("a bug");
  }

  private void awaitLine(String line) {
    await().untilAsserted(() -> assertThat(log.lines()).containsExactly(line));
  }

  @Test
  void aMiddlewareThatThrowsIsLogged() {
    try (TestServer test =
        TestServer.start(
            options -> options,
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(action -> fail())))) {
      test.open().call("anything", null);

      awaitLine("WARNING The inbound middleware failed" + BUG);
    }
  }

  @Test
  void aMiddlewareOfAnyLineThatThrowsIsLogged() {
    try (TestServer test =
        TestServer.start(
            options -> options,
            server -> {
              server.setMiddleware(
                  AGServer.MIDDLEWARE_OUTBOUND, AGMiddleware.each(action -> fail()));
              server.setMiddleware(
                  AGServer.MIDDLEWARE_INBOUND_RAW,
                  AGMiddleware.each(
                      action -> {
                        if (String.valueOf(action.data(String.class)).contains("bad")) {
                          fail();
                        }
                        action.allow();
                      }));
            })) {
      RawClient client = test.open();
      client.call("#subscribe", Map.of("channel", "news"));
      client.call("#publish", Map.of("channel", "news", "data", 1));
      client.send("bad");

      await()
          .untilAsserted(
              () ->
                  assertThat(log.lines())
                      .containsExactlyInAnyOrder(
                          "WARNING The outbound middleware failed" + BUG,
                          "WARNING The inboundRaw middleware failed" + BUG));
    }
  }

  @Test
  void aMiddlewareThatEndsOrTakesTooLongIsLogged() {
    try (TestServer test =
        TestServer.start(
            options -> options.middlewareTimeout(Duration.ofMillis(200)),
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(action -> {})))) {
      RawClient client = test.open();
      client.call("anything", null);

      await().untilAsserted(() -> assertThat(log.lines()).hasSize(1));
      assertThat(log.lines())
          .first()
          .asString()
          .startsWith("WARNING The inbound middleware failed: TimeoutError");
    }
  }

  /** It was not asked anything when it ended; each action is refused from then on. */
  @Test
  void aMiddlewareThatHasEndedIsLoggedWithTheFirstActionThatItRefuses() {
    try (TestServer test =
        TestServer.start(
            options -> options.middlewareEmitFailures(false),
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_INBOUND, actions -> actions.iterator().next().allow()))) {
      RawClient client = test.open();
      client.transmit("first", null);
      client.call("second", null);
      client.call("third", null);

      awaitLine(
          "WARNING The inbound middleware ended while it was needed: "
              + "MiddlewareError: The inbound middleware has ended");
    }
  }

  @Test
  void aMiddlewareThatRefusesIsNot() {
    try (TestServer test =
        TestServer.start(
            options -> options,
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_INBOUND,
                    AGMiddleware.each(
                        action -> {
                          if (action.data().asInt(0) == 1) {
                            throw new AGException("OwnError", "no");
                          }
                          action.block(new AGException("OwnError", "no"));
                        })))) {
      RawClient client = test.open();
      client.call("anything", 1);
      client.call("anything", 2);

      assertThat(log.lines()).isEmpty();
    }
  }
}
