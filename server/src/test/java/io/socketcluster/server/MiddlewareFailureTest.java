// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What becomes of an action whose middleware does not decide, and of one that is exchanged. */
class MiddlewareFailureTest {
  private final Queue<AGAction> undecided = new ConcurrentLinkedQueue<>();
  private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final Queue<String> ended = new ConcurrentLinkedQueue<>();

  private TestServer start(
      UnaryOperator<AGServerOptions.Builder> options, AGMiddleware middleware) {
    return TestServer.start(
        options,
        server -> {
          server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, middleware);
          server.listener(AGServer.WARNING).consume(e -> warnings.add("" + e.warning()));
          server.onConnection(socket -> serve(socket));
        });
  }

  private TestServer start(AGMiddleware middleware) {
    return start(options -> options, middleware);
  }

  private void serve(AGServerSocket socket) {
    socket.listener(AGServerSocket.ERROR).consume(e -> errors.add("" + e.error()));
    socket.procedure("echo").consume(request -> request.end(request.data()));
  }

  private static String errorOf(JsonNode answer) {
    JsonNode error = answer.path("error");
    return error.path("name").asString("none") + ": " + error.path("message").asString("");
  }

  @Test
  void anActionThatIsNotDecidedInTimeIsBlockedAndTheNextOneIsAsked() {
    try (TestServer test =
        start(
            options ->
                options.middlewareTimeout(Duration.ofMillis(150)).middlewareEmitFailures(false),
            AGMiddleware.each(
                action -> {
                  if (action.data().asInt(0) == 1) {
                    undecided.add(action);
                  } else {
                    action.allow();
                  }
                }))) {
      RawClient client = test.open();
      String expected =
          "TimeoutError: The invoke AGAction was not decided in time by inbound middleware";

      assertThat(errorOf(client.call("echo", 1))).isEqualTo(expected);
      assertThat(client.call("echo", 2).path("data").asInt()).isEqualTo(2);
      await().until(() -> errors.contains(expected) && warnings.contains(expected));
      assertThat(undecided.remove().outcome()).isEqualTo(AGAction.Outcome.BLOCKED);
    }
  }

  @Test
  void aTimeoutOfZeroIsNone() {
    try (TestServer test =
        start(
            options -> options.middlewareTimeout(Duration.ZERO).pingInterval(Duration.ofMillis(50)),
            AGMiddleware.each(undecided::add))) {
      RawClient client = test.open();
      client.invoke("echo", 1);
      await().until(() -> client.pings() > 6 && undecided.size() == 1);

      assertThat(client.waiting()).isZero();
      undecided.remove().allow();
      assertThat(client.nextJson().path("data").asInt()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"returns", "leaves undecided", "never consumes"})
  void aLoopThatEndsBlocksWhatItLeftAndAllThatFollows(String how) {
    try (TestServer test =
        start(
            actions -> {
              if (how.equals("never consumes")) {
                return;
              }
              Iterator<AGAction> loop = actions.iterator();
              loop.next().allow();
              if (how.equals("leaves undecided")) {
                loop.next();
              }
            })) {
      RawClient client = test.open();
      if (!how.equals("never consumes")) {
        assertThat(client.call("echo", 0).path("data").asInt()).isZero();
      }
      String expected = "MiddlewareError: The inbound middleware has ended";
      for (int i = 1; i < 4; i++) {
        assertThat(errorOf(client.call("echo", i))).isEqualTo(expected);
      }
      await().until(() -> errors.contains(expected) && warnings.contains(expected));
      assertThat(test.open().isClosed()).isFalse();
    }
  }

  @Test
  void dataThatTheMiddlewareCannotWriteIsNotBlamedOnTheClient() {
    Map<String, Object> cycle = new HashMap<>();
    cycle.put("self", cycle);
    try (TestServer test = start(AGMiddleware.each(action -> action.allow(cycle)))) {
      assertThat(errorOf(test.open().call("echo", 1)))
          .isEqualTo("MiddlewareError: The inbound middleware failed");
      await().until(() -> errors.stream().anyMatch(error -> error.contains("cannot be written")));
    }
  }

  @Test
  void aFailureIsReportedOnceAsItIsThoughTheClientIsNotToldIt() {
    try (TestServer test =
        start(
            AGMiddleware.each(
                action -> {
                  throw new IllegalStateException("a detail");
                }))) {
      assertThat(errorOf(test.open().call("echo", 1)))
          .isEqualTo("MiddlewareError: The inbound middleware failed");
      await().until(() -> !errors.isEmpty() && !warnings.isEmpty());
      await().during(Duration.ofMillis(100)).until(() -> errors.size() == 1);
      assertThat(errors).containsExactly("java.lang.IllegalStateException: a detail");
      assertThat(warnings).containsExactly("java.lang.IllegalStateException: a detail");
    }
  }

  @Test
  void anErrorThatIsThrownAfterTheDecisionChangesNothing() {
    try (TestServer test =
        start(
            AGMiddleware.each(
                action -> {
                  action.allow();
                  throw new IllegalStateException("too late");
                }))) {
      assertThat(test.open().call("echo", 1).path("data").asInt()).isEqualTo(1);
      await().until(() -> errors.size() == 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsBlockedIsEmittedUnlessThatIsSwitchedOff(boolean emitted) {
    try (TestServer test =
        start(
            options -> options.middlewareEmitFailures(emitted),
            AGMiddleware.each(
                action -> action.block(new AGException("No", "why", Map.of("silent", true)))))) {
      RawClient client = test.open();
      client.call("echo", 1);
      client.call("#subscribe", Map.of("channel", "a"));
      test.socketOf(client)
          .emit(AGServerSocket.ERROR, new ConnectionEvent.Failure(new InvalidActionError("last")));
      await().until(() -> errors.contains("InvalidActionError: last"));

      assertThat(errors).hasSize(emitted ? 3 : 1);
      assertThat(warnings).hasSize(emitted ? 2 : 0);
    }
  }

  @Test
  void aMiddlewareThatIsSetAndRemovedIsSoForSocketsThatAreThere() {
    try (TestServer test = start(AGMiddleware.each(AGAction::allow))) {
      AGServer server = test.server();
      RawClient client = test.open();
      assertThat(client.call("echo", 1).path("data").asInt()).isEqualTo(1);

      server.removeMiddleware(AGServer.MIDDLEWARE_INBOUND);
      assertThat(client.call("echo", 2).path("data").asInt()).isEqualTo(2);
      server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(AGAction::block));
      assertThat(errorOf(client.call("echo", 3))).startsWith("SilentMiddlewareBlockedError");
      server.removeMiddleware(AGServer.MIDDLEWARE_INBOUND);
      assertThat(client.call("echo", 4).path("data").asInt()).isEqualTo(4);
    }
  }

  @Test
  void aMiddlewareThatIsRemovedStillDecidesWhatItWasAskedAndItsLoopEnds() {
    try (TestServer test =
        start(
            actions -> {
              for (AGAction action : actions) {
                undecided.add(action);
              }
              ended.add("ended");
            })) {
      RawClient client = test.open();
      client.invoke("echo", 1);
      client.invoke("echo", 2);
      await().until(() -> undecided.size() == 1);

      test.server().removeMiddleware(AGServer.MIDDLEWARE_INBOUND);
      await().until(() -> ended.size() == 1);
      assertThat(client.waiting()).isZero();
      undecided.remove().allow("replaced");

      assertThat(client.nextJson().path("data").asString()).isEqualTo("replaced");
      assertThat(client.nextJson().path("data").asInt()).isEqualTo(2);
    }
  }

  @Test
  void theLoopOfASocketEndsWithItsConnection() {
    try (TestServer test =
        start(
            actions -> {
              actions.forEach(AGAction::allow);
              ended.add("ended");
            })) {
      RawClient client = test.open();
      client.call("echo", 1);
      client.close();

      await().until(() -> ended.size() == 1);
      assertThat(errors).noneMatch(error -> error.contains("MiddlewareError"));
    }
  }

  @Test
  void twoHundredUndecidedPacketsDelayNoOtherSocket() {
    try (TestServer test =
        start(
            AGMiddleware.each(
                action -> {
                  if ("slow".equals(action.data().asString(""))) {
                    undecided.add(action);
                  } else {
                    action.allow();
                  }
                }))) {
      List<RawClient> slow = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        RawClient client = test.open();
        client.invoke("echo", "slow");
        slow.add(client);
      }
      RawClient quick = test.open();
      await().until(() -> undecided.size() == 200);
      assertThat(quick.call("echo", 1).path("data").asInt()).isEqualTo(1);
      assertThat(undecided).as("still undecided").allMatch(action -> action.outcome() == null);

      undecided.forEach(AGAction::allow);
      slow.forEach(client -> assertThat(client.nextJson().has("data")).isTrue());
    }
  }
}
