// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.stream.StreamHandler;
import io.socketcluster.testkit.RawClient;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A middleware that decides on the event loop has the effects of one that has its own thread. */
@Timeout(60)
class NonBlockingMiddlewareTest {
  private static final String PUBLISH =
      "{\"event\":\"#publish\",\"data\":{\"channel\":\"a\",\"data\":%d}}";

  private final Queue<Throwable> warnings = new ConcurrentLinkedQueue<>();

  private TestServer start(MiddlewareLine line, StreamHandler<AGAction> handler) {
    return start(line, Duration.ofSeconds(20), handler);
  }

  private TestServer start(MiddlewareLine line, Duration timeout, StreamHandler<AGAction> handler) {
    return TestServer.start(
        options -> options.middlewareTimeout(timeout).eventLoops(1),
        server -> {
          server.setMiddleware(line, AGMiddleware.nonBlocking(handler));
          server.listener(AGServer.WARNING).consume(e -> warnings.add(e.warning()));
          server.onConnection(
              socket -> socket.procedure("echo").consume(call -> call.end(call.data())));
        });
  }

  private static StreamHandler<AGAction> onPublish(
      AGAction.Type type, StreamHandler<AGAction> handler) {
    return action -> {
      if (action.type() == type) {
        handler.handle(action);
      } else {
        action.allow();
      }
    };
  }

  private static RawClient subscriber(TestServer test) {
    RawClient client = test.open();
    client.call("#subscribe", Map.of("channel", "a"));
    return client;
  }

  private static List<RawClient> subscribers(TestServer test, int count) {
    return IntStream.range(0, count).mapToObj(i -> subscriber(test)).toList();
  }

  private static void publish(RawClient publisher, int... data) {
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    Arrays.stream(data)
        .mapToObj(PUBLISH::formatted)
        .forEach(message -> piece.writeBytes(RawClient.frame(0x81, message.getBytes(UTF_8))));
    publisher.write(piece.toByteArray());
  }

  private static List<String> received(RawClient client, int count) {
    return Stream.generate(client::nextJson)
        .limit(count)
        .map(each -> each.path("event").asString().equals("#publish") ? each.path("data") : each)
        .map(each -> each.has("channel") ? each.path("data") : each.path("event"))
        .map(JsonNode::asString)
        .toList();
  }

  private static String errorOf(JsonNode answer) {
    return answer.path("error").path("name").asString();
  }

  private static String numbered(AGAction action) {
    return action.data().asString();
  }

  @Test
  void aHandlerIsCalledOnTheEventLoop() {
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            MiddlewareLine.INBOUND,
            action -> {
              threads.add(Thread.currentThread());
              action.allow();
            })) {
      assertThat(test.open().call("echo", 7).path("data").asInt()).isEqualTo(7);
    }
    assertThat(threads).hasSize(1).noneMatch(Thread::isVirtual);
  }

  @Test
  void anInboundActionIsBlockedOrChanged() {
    try (TestServer test =
        start(
            MiddlewareLine.INBOUND,
            action -> {
              switch (action.data().asInt()) {
                case 0 -> action.block();
                case 1 -> action.block(new AGException("ForbiddenError", "Not you"));
                case 2 -> throw new IllegalStateException("broken");
                case 3 -> action.allow("other");
                default -> action.allow();
              }
            })) {
      RawClient client = test.open();

      assertThat(errorOf(client.call("echo", 0))).isEqualTo("SilentMiddlewareBlockedError");
      assertThat(errorOf(client.call("echo", 1))).isEqualTo("ForbiddenError");
      assertThat(errorOf(client.call("echo", 2))).isEqualTo("MiddlewareError");
      assertThat(client.call("echo", 3).path("data").asString()).isEqualTo("other");
      assertThat(client.call("echo", 4).path("data").asInt()).isEqualTo(4);
      await().until(() -> warnings.stream().anyMatch(each -> is(each, "broken")));
    }
  }

  private static boolean is(Throwable warning, String message) {
    return Objects.equals(warning.getMessage(), message);
  }

  @Test
  void anActionMayBeDecidedLaterOnAnotherThread() {
    Queue<AGAction> undecided = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(MiddlewareLine.INBOUND, onPublish(AGAction.Type.PUBLISH_IN, undecided::add))) {
      RawClient client = subscriber(test);
      publish(client, 1, 2);
      await().until(() -> !undecided.isEmpty());
      assertThat(undecided).as("the second waits").hasSize(1);
      undecided.remove().allow();
      await().until(() -> !undecided.isEmpty());
      undecided.remove().allow();

      assertThat(received(client, 2)).containsExactly("1", "2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INBOUND", "OUTBOUND"})
  void anActionThatNobodyDecidesIsBlockedInTime(MiddlewareLine line) {
    try (TestServer test =
        start(
            line,
            Duration.ofMillis(200),
            action -> {
              if (numbered(action).equals("2")) {
                action.allow();
              }
            })) {
      RawClient client = test.open();
      if (line == MiddlewareLine.INBOUND) {
        assertThat(errorOf(client.call("echo", 1))).isEqualTo("TimeoutError");
      } else {
        client.call("#subscribe", Map.of("channel", "a"));
        publish(client, 1, 2);
        assertThat(received(client, 1)).containsExactly("2");
      }
    }
  }

  @Test
  void publishesOfARunAreDecidedOneByOneForEachSubscriber() {
    try (TestServer test =
        start(
            MiddlewareLine.OUTBOUND,
            action -> {
              switch (numbered(action)) {
                case "2" -> action.block();
                case "4" -> action.allow("four");
                case "6" -> Thread.startVirtualThread(action::allow);
                default -> action.allow();
              }
            })) {
      List<RawClient> clients = subscribers(test, 3);
      publish(clients.getFirst(), 1, 2, 3, 4, 5, 6, 7, 8);

      for (RawClient client : clients) {
        assertThat(received(client, 7)).containsExactly("1", "3", "four", "5", "6", "7", "8");
      }
    }
  }

  @Test
  void whatAHandlerSendsBeforeItDecidesLeavesBefore() {
    StreamHandler<AGAction> handler =
        action -> {
          action.socket().transmit("before", null);
          action.allow();
        };
    try (TestServer test =
        start(MiddlewareLine.INBOUND, onPublish(AGAction.Type.PUBLISH_IN, handler))) {
      RawClient client = subscriber(test);
      publish(client, 1);
      assertThat(received(client, 2)).containsExactly("before", "1");
    }
  }

  @Test
  void whatAHandlerSendsWaitsBehindTheOutgoingPublish() {
    try (TestServer test =
        start(
            MiddlewareLine.OUTBOUND,
            action -> {
              action.socket().transmit("behind", null);
              action.allow();
            })) {
      RawClient client = subscriber(test);
      publish(client, 1);
      assertThat(received(client, 2)).containsExactly("1", "behind");
    }
  }

  @Test
  void aHandlerThatDisconnectsItsSocketTakesNothingFromOthers() {
    AtomicReference<String> leaving = new AtomicReference<>();
    try (TestServer test =
        start(
            MiddlewareLine.OUTBOUND,
            action -> {
              action.allow();
              if (numbered(action).equals("2") && action.socket().id().equals(leaving.get())) {
                action.socket().disconnect(4100, "left");
              }
            })) {
      List<RawClient> clients = subscribers(test, 4);
      RawClient second = clients.get(1);
      leaving.set(second.id());
      publish(clients.getFirst(), 1, 2, 3);

      assertThat(received(second, 2)).containsExactly("1", "2");
      assertThat(second.awaitClose().code()).isEqualTo(4100);
      for (RawClient client : clients) {
        if (client != second) {
          assertThat(received(client, 3)).containsExactly("1", "2", "3");
        }
      }
    }
  }

  @Test
  void aHandlerMustNotWaitForItsEventLoop() {
    List<StreamHandler<AGServerSocket>> waiting =
        List.of(
            socket -> socket.call("question", null),
            socket -> socket.kickOut("a", null),
            socket -> socket.setAuthToken(Map.of("name", "a")),
            socket -> socket.deauthenticate());
    Queue<@Nullable String> refusals = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            MiddlewareLine.INBOUND,
            action -> {
              for (StreamHandler<AGServerSocket> each : waiting) {
                try {
                  each.handle(action.socket());
                } catch (IllegalStateException e) {
                  refusals.add(e.getMessage());
                }
              }
              action.allow();
            })) {
      test.open().call("echo", 1);
    }
    assertThat(refusals)
        .hasSize(waiting.size())
        .allMatch(each -> each != null && each.contains("call this method on another thread"));
  }

  @Test
  void aHandlerThatBlocksItsLoopIsNamedWithItsStack() {
    CountDownLatch reported = new CountDownLatch(1);
    try (TestServer test =
        start(
            MiddlewareLine.INBOUND,
            action -> {
              blockUntil(reported);
              action.allow();
            })) {
      test.server()
          .listener(AGServer.WARNING)
          .consume(
              e -> {
                if (isOfThisTest(e.warning())) {
                  reported.countDown();
                }
              });

      assertThat(test.open().call("echo", 7).path("data").asInt()).isEqualTo(7);
    }
    assertThat(warnings)
        .anyMatch(each -> is(each, "The inbound middleware has blocked its event loop for 100 ms"));
  }

  private static void blockUntil(CountDownLatch latch) throws InterruptedException {
    latch.await();
  }

  private static boolean isOfThisTest(Throwable warning) {
    List<String> methods = new ArrayList<>();
    for (StackTraceElement each : warning.getStackTrace()) {
      methods.add(each.getMethodName());
    }
    return methods.contains("blockUntil");
  }

  @Test
  void handshakesAndRawMessagesAreDecidedOnTheEventLoop() {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    StreamHandler<AGAction> handler =
        action -> {
          seen.add(action.type().value() + " " + Thread.currentThread().isVirtual());
          action.allow();
        };
    try (TestServer test = start(MiddlewareLine.HANDSHAKE, handler)) {
      test.server().setMiddleware(MiddlewareLine.INBOUND_RAW, AGMiddleware.nonBlocking(handler));
      assertThat(test.open().call("echo", 7).path("data").asInt()).isEqualTo(7);
    }
    assertThat(seen)
        .containsSubsequence(
            "handshakeWS false", "message false", "handshakeSC false", "message false");
  }

  @Test
  void aMiddlewareOfTheOtherKindTakesOver() {
    Queue<Boolean> virtual = new ConcurrentLinkedQueue<>();
    StreamHandler<AGAction> handler =
        action -> {
          virtual.add(Thread.currentThread().isVirtual());
          action.allow();
        };
    try (TestServer test = start(MiddlewareLine.INBOUND, handler)) {
      RawClient client = test.open();
      client.call("echo", 1);
      test.server().removeMiddleware(MiddlewareLine.INBOUND);
      test.server().setMiddleware(MiddlewareLine.INBOUND, AGMiddleware.each(handler));
      client.call("echo", 2);
      test.server().removeMiddleware(MiddlewareLine.INBOUND);
      test.server().setMiddleware(MiddlewareLine.INBOUND, AGMiddleware.nonBlocking(handler));
      client.call("echo", 3);
    }
    assertThat(virtual).containsExactly(false, true, false);
  }
}
