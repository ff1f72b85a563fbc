// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.testkit.RawClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class MiddlewareTest {
  /** The decision of a middleware about one action, in all styles. */
  interface Step {
    void decide(AGAction action) throws Exception;
  }

  enum Style {
    HANDLER,
    NON_BLOCKING,
    LOOP;

    AGMiddleware with(Step step) {
      return switch (this) {
        case HANDLER -> AGMiddleware.each(step::decide);
        case NON_BLOCKING -> AGMiddleware.nonBlocking(step::decide);
        case LOOP ->
            actions -> {
              for (AGAction action : actions) {
                step.decide(action);
              }
            };
      };
    }
  }

  static Stream<Style> styles() {
    return Stream.of(Style.values());
  }

  private static TestServer start(Style style, Step step) {
    return TestServer.start(
        options -> options.pingInterval(Duration.ofMillis(100)).inboundBufferLimit(10_000),
        server -> {
          server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, style.with(step));
          server.onConnection(
              socket -> socket.procedure("echo").consume(request -> request.end(request.data())));
        });
  }

  private static String errorOf(JsonNode answer) {
    return answer.path("error").path("name").asString();
  }

  @ParameterizedTest
  @MethodSource("styles")
  void aLateDecisionDelaysOnlyTheLaterPacketsOfItsOwnSocket(Style style) {
    Queue<AGAction> undecided = new LinkedBlockingQueue<>();
    try (TestServer test =
        start(
            style,
            action -> {
              if ("slow".equals(action.data().asString(""))) {
                undecided.add(action);
              } else {
                action.allow();
              }
            })) {
      RawClient slow = test.open();
      RawClient quick = test.open();
      slow.invoke("echo", "slow");
      slow.invoke("echo", "after");

      assertThat(quick.call("echo", 1).path("data")).hasToString("1");
      await().until(() -> undecided.size() == 1 && slow.pings() > 2);
      assertThat(slow.waiting()).isZero();
      undecided.remove().allow();

      assertThat(slow.nextJson().path("data").asString()).isEqualTo("slow");
      assertThat(slow.nextJson().path("data").asString()).isEqualTo("after");
    }
  }

  @ParameterizedTest
  @MethodSource("styles")
  void everyDecisionHasItsAnswer(Style style) {
    try (TestServer test =
        start(
            style,
            action -> {
              switch (action.data().asString("")) {
                case "replace" -> action.allow("replaced");
                case "block" -> action.block(new AGException("Forbidden", "No", Map.of("a", 1)));
                case "silent" ->
                    action.block(new AGException("Secret", "No", Map.of("silent", true)));
                case "bare" -> action.block();
                default -> action.allow();
              }
            })) {
      RawClient client = test.open();

      assertThat(client.call("echo", "as it is").path("data").asString()).isEqualTo("as it is");
      assertThat(client.call("echo", "replace").path("data").asString()).isEqualTo("replaced");
      JsonNode blocked = client.call("echo", "block");
      assertThat(errorOf(blocked)).isEqualTo("Forbidden");
      assertThat(blocked.path("error").path("a").asInt()).isEqualTo(1);
      for (String how : List.of("silent", "bare")) {
        JsonNode silent = client.call("echo", how);
        assertThat(errorOf(silent)).isEqualTo("SilentMiddlewareBlockedError");
        assertThat(silent.path("error").path("type").asString()).isEqualTo("inbound");
        assertThat(silent.path("error").path("message").asString())
            .isEqualTo("The invoke AGAction was blocked by inbound middleware");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("styles")
  void everyKindOfActionShowsWhatItIsAbout(Style style) {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            style,
            action -> {
              seen.add(
                  action.type().value()
                      + " "
                      + Stream.of(action.channel(), action.procedure(), action.receiver())
                          .filter(name -> name != null)
                          .toList()
                      + " "
                      + action.data());
              action.allow();
            })) {
      RawClient client = test.open();
      client.transmit("greet", 1);
      client.call("echo", 2);
      client.call("#subscribe", Map.of("channel", "c", "data", 3));
      client.invoke("#publish", Map.of("channel", "c", "data", 4));
      client.next();
      client.next();

      assertThat(seen)
          .containsExactly(
              "transmit [greet] 1", "invoke [echo] 2", "subscribe [c] 3", "publishIn [c] 4");
    }
  }

  @ParameterizedTest
  @MethodSource("styles")
  void aBlockedSubscribeAndPublishHaveNoEffect(Style style) {
    try (TestServer test = start(style, AGAction::block)) {
      RawClient client = test.open();

      assertThat(errorOf(client.call("#subscribe", Map.of("channel", "c"))))
          .isEqualTo("SilentMiddlewareBlockedError");
      assertThat(errorOf(client.call("#publish", Map.of("channel", "c", "data", 1))))
          .isEqualTo("SilentMiddlewareBlockedError");
      assertThat(test.socketOf(client).subscriptions()).isEmpty();
    }
  }

  @Test
  void decidingTwiceIsAnErrorForWhoDecidesAndNotForTheClient() {
    AtomicReference<Throwable> second = new AtomicReference<>();
    try (TestServer test =
        start(
            Style.HANDLER,
            action -> {
              action.allow();
              try {
                action.block();
              } catch (InvalidActionError e) {
                second.set(e);
              }
            })) {
      RawClient client = test.open();

      assertThat(client.call("echo", 1).path("data").asInt()).isEqualTo(1);
      await().until(() -> second.get() != null);
      assertThat(second.get()).hasMessageContaining("already been allowed");
    }
  }

  @ParameterizedTest
  @MethodSource("styles")
  void aMiddlewareThatThrowsBlocksAndTellsTheClientNothing(Style style) {
    try (TestServer test =
        start(
            style,
            action -> {
              throw new IllegalStateException("database password");
            })) {
      RawClient client = test.open();
      for (int i = 0; i < 3; i++) {
        JsonNode answer = client.call("echo", i);
        assertThat(errorOf(answer)).isEqualTo("MiddlewareError");
        assertThat(answer.toString()).doesNotContain("password");
      }
    }
  }

  @Test
  void aMiddlewareThatThrowsAnErrorOfTheProtocolMeansItForTheClient() {
    try (TestServer test =
        start(
            Style.HANDLER,
            action -> {
              throw new AGException("Forbidden", "Not you");
            })) {
      assertThat(errorOf(test.open().call("echo", 1))).isEqualTo("Forbidden");
    }
  }

  @Test
  void pastTheBufferLimitReadingStopsAndResumesAndHeartbeatsSurvive() {
    CountDownLatch proceed = new CountDownLatch(1);
    try (TestServer test =
        start(
            Style.LOOP,
            action -> {
              proceed.await();
              action.allow();
            })) {
      RawClient client = test.open();
      client.stopAnsweringPings(); // its one writer will be held back
      int calls = 2000;
      Thread sender =
          Thread.startVirtualThread(
              () -> {
                for (int i = 0; i < calls; i++) {
                  client.invoke("echo", "x".repeat(10_000));
                }
              });
      AGServerSocket socket = test.socketOf(client);
      await().until(() -> socket.getInboundBackpressure() > 0 && client.pings() > 5);
      int waiting = socket.getInboundBackpressure();
      assertThat(waiting).as("of %d calls", calls).isLessThan(100);
      assertThat(sender.isAlive()).isTrue();

      proceed.countDown();
      for (int i = 0; i < calls; i++) {
        assertThat(client.nextJson().path("rid").asInt()).isEqualTo(i + 2);
      }
    }
  }

  @Test
  void emptyMessagesThatWaitAreBoundedToo() {
    CountDownLatch proceed = new CountDownLatch(1);
    try (TestServer test =
        start(
            Style.LOOP,
            action -> {
              proceed.await();
              action.allow();
            })) {
      RawClient client = test.open();
      client.invoke("echo", 1);
      byte[] pongs = new byte[6 * 100_000];
      for (int i = 0; i < pongs.length; i += 6) {
        System.arraycopy(RawClient.frame(0x81, new byte[0]), 0, pongs, i, 6);
      }
      client.stopAnsweringPings();
      Thread sender =
          Thread.startVirtualThread(
              () -> {
                try {
                  for (int i = 0; i < 50; i++) {
                    client.write(pongs);
                  }
                } catch (UncheckedIOException held) {
                  // the client was closed while TCP held it back
                }
              });
      AGServerSocket socket = test.socketOf(client);
      await().pollDelay(Duration.ofMillis(500)).until(() -> socket.getInboundBackpressure() > 0);

      assertThat(socket.getInboundBackpressure()).isLessThan(100_000);
      client.close();
      proceed.countDown();
      await().until(() -> !sender.isAlive());
    }
  }

  @Test
  void aDecisionAfterTheCloseIsOfNoEffect() {
    Queue<AGAction> undecided = new LinkedBlockingQueue<>();
    try (TestServer test = start(Style.HANDLER, undecided::add)) {
      RawClient client = test.open();
      client.invoke("#subscribe", Map.of("channel", "c"));
      await().until(() -> undecided.size() == 1);
      AGServerSocket socket = test.socketOf(client);
      client.close();
      await().until(() -> socket.state() == SocketState.CLOSED);

      undecided.remove().allow();
      RawClient other = test.open();
      other.invoke("#publish", Map.of("channel", "c"));
      await().until(() -> undecided.size() == 1);

      assertThat(socket.subscriptions()).isEmpty();
      assertThat(test.server().brokerEngine().isSubscribed("c")).isFalse();
    }
  }

  @Test
  void whatIsSetTwiceOrNotSupportedIsRefused() {
    AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);
    server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(AGAction::allow));

    assertThat(server.hasMiddleware(AGServer.MIDDLEWARE_INBOUND)).isTrue();
    assertThatThrownBy(() -> server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, actions -> {}))
        .isInstanceOf(InvalidActionError.class);
    server.removeMiddleware(AGServer.MIDDLEWARE_INBOUND);
    assertThat(server.hasMiddleware(AGServer.MIDDLEWARE_INBOUND)).isFalse();
  }
}
