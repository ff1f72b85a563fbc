// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.stream.StreamHandler;
import io.socketcluster.testkit.ForwardingCodec;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OutboundMiddlewareTest {
  private final Queue<AGAction> undecided = new ConcurrentLinkedQueue<>();
  private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

  private TestServer start(
      UnaryOperator<AGServerOptions.Builder> options, StreamHandler<AGAction> step) {
    return TestServer.start(
        options,
        server -> {
          server.setMiddleware(AGServer.MIDDLEWARE_OUTBOUND, AGMiddleware.each(step));
          server.listener(AGServer.WARNING).consume(e -> warnings.add("" + e.warning()));
          server.onConnection(socket -> serve(socket));
        });
  }

  private TestServer start(StreamHandler<AGAction> step) {
    return start(options -> options, step);
  }

  private static void serve(AGServerSocket socket) {
    socket.procedure("echo").consume(request -> request.end(request.data()));
  }

  private static RawClient subscriber(TestServer test, String channel) {
    RawClient client = test.open();
    client.call("#subscribe", Map.of("channel", channel));
    return client;
  }

  private static void publish(TestServer test, String channel, Object data) {
    test.server().exchange().invokePublish(channel, data).join();
  }

  private static JsonNode published(RawClient client) {
    JsonNode packet = client.nextJson();
    assertThat(packet.path("event").asString()).isEqualTo("#publish");
    return packet.path("data").path("data");
  }

  /** Counts how often a publish is encoded. */
  private static final class CountingCodec extends ForwardingCodec {
    private final AtomicInteger publishes = new AtomicInteger();

    @Override
    public byte[] encodePublish(String channel, @Nullable Payload data) {
      publishes.incrementAndGet();
      return super.encodePublish(channel, data);
    }
  }

  @Test
  void everyPublishIsAskedAboutForEverySubscriber() {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            action -> {
              seen.add(
                  action.type().value()
                      + " "
                      + action.channel()
                      + " "
                      + action.data()
                      + " "
                      + action.socket().id());
              action.allow();
            })) {
      RawClient one = subscriber(test, "a");
      RawClient other = subscriber(test, "a");
      publish(test, "a", 1);
      one.invoke("#publish", Map.of("channel", "a", "data", 2));

      for (RawClient client : List.of(one, other)) {
        await()
            .until(
                () ->
                    seen.contains("publishOut a 1 " + client.id())
                        && seen.contains("publishOut a 2 " + client.id()));
      }
      assertThat(published(other).asInt()).isEqualTo(1);
      assertThat(published(other).asInt()).isEqualTo(2);
    }
  }

  @Test
  void aBlockedPublishReachesAllButThatSubscriber() {
    try (TestServer test =
        start(
            action -> {
              if (action.socket().isSubscribed("blocked") && action.data().asInt(0) == 1) {
                action.block(new AGException("No", "Not you"));
              } else {
                action.allow();
              }
            })) {
      RawClient blocked = subscriber(test, "a");
      blocked.call("#subscribe", Map.of("channel", "blocked"));
      RawClient other = subscriber(test, "a");
      publish(test, "a", 1);
      publish(test, "a", 2);

      assertThat(published(other).asInt()).isEqualTo(1);
      assertThat(published(blocked).asInt()).isEqualTo(2);
      await().until(() -> warnings.contains("No: Not you"));
    }
  }

  @Test
  void dataThatIsChangedForOneSubscriberIsNotSeenByAnyOther() {
    try (TestServer test =
        start(
            action -> {
              JsonNode data = action.data();
              ((ObjectNode) data).put("for", action.socket().id()); // nobody else's
              if (action.socket().isSubscribed("changed")) {
                action.allow(data);
              } else {
                action.allow();
              }
            })) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        RawClient client = subscriber(test, "a");
        if (i % 2 == 0) {
          client.call("#subscribe", Map.of("channel", "changed"));
        }
        clients.add(client);
      }
      publish(test, "a", Map.of("x", 1));

      for (int i = 0; i < 6; i++) {
        RawClient client = clients.get(i);
        String expected = i % 2 == 0 ? "{\"x\":1,\"for\":\"" + client.id() + "\"}" : "{\"x\":1}";
        assertThat(published(client)).hasToString(expected);
      }
    }
  }

  @Test
  void onlyWhatIsChangedIsEncodedAgain() {
    CountingCodec codec = new CountingCodec();
    try (TestServer test =
        start(
            options -> options.codecEngine(codec),
            action -> {
              if (action.socket().isSubscribed("changed")) {
                action.allow("other");
              } else {
                action.allow();
              }
            })) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        clients.add(subscriber(test, "a"));
      }
      publish(test, "a", "same");
      clients.forEach(client -> assertThat(published(client).asString()).isEqualTo("same"));
      assertThat(codec.publishes).hasValue(1);

      clients.getFirst().call("#subscribe", Map.of("channel", "changed"));
      publish(test, "a", "same");
      assertThat(published(clients.getFirst()).asString()).isEqualTo("other");
      clients.stream().skip(1).forEach(c -> assertThat(published(c).asString()).isEqualTo("same"));
      assertThat(codec.publishes).hasValue(3);
    }
  }

  @Test
  void whatIsSentAfterAPublishThatWaitsKeepsItsOrderAndAnswersDoNotWait() {
    try (TestServer test = start(undecided::add)) {
      RawClient client = subscriber(test, "a");
      AGServerSocket socket = test.socketOf(client);
      publish(test, "a", 1);
      socket.transmit("after one", null);
      await().until(() -> socket.getOutboundBackpressure() == 2); // or else 2 overtakes that
      publish(test, "a", 2);
      socket.transmit("after two", null);
      await().until(() -> undecided.size() == 1 && socket.getOutboundBackpressure() == 4);

      assertThat(client.call("echo", "prompt").path("data").asString()).isEqualTo("prompt");
      assertThat(socket.getOutboundBufferedBytes()).isPositive();
      assertThat(client.waiting()).isZero();

      undecided.remove().allow();
      assertThat(published(client).asInt()).isEqualTo(1);
      assertThat(client.nextJson().path("event").asString()).isEqualTo("after one");
      await().until(() -> undecided.size() == 1);
      undecided.remove().block();
      assertThat(client.nextJson().path("event").asString()).isEqualTo("after two");
      await().until(() -> socket.getOutboundBackpressure() == 0);
      await().until(() -> socket.getOutboundBufferedBytes() == 0);
    }
  }

  @Test
  void aPublishThatWaitsIsNotSentToWhoWasKickedOutMeanwhile() {
    try (TestServer test = start(undecided::add)) {
      RawClient client = subscriber(test, "a");
      publish(test, "a", 1);
      publish(test, "a", 2);
      await().until(() -> undecided.size() == 1);
      test.socketOf(client).kickOut("a", "out");
      undecided.remove().allow();

      assertThat(client.nextJson().path("event").asString()).isEqualTo("#kickOut");
      assertThat(client.call("echo", 1).path("data").asInt()).isEqualTo(1);
      assertThat(undecided).isEmpty();
    }
  }

  @Test
  void whatTheApplicationSentIsSentBeforeTheClose() {
    try (TestServer test = start(undecided::add)) {
      RawClient client = subscriber(test, "a");
      AGServerSocket socket = test.socketOf(client);
      publish(test, "a", 1);
      socket.transmit("last words", null);
      await().until(() -> undecided.size() == 1);
      socket.disconnect(4500, "enough");

      assertThat(client.nextJson().path("event").asString()).isEqualTo("last words");
      assertThat(client.awaitClose().code()).isEqualTo(4500);
      undecided.remove().allow();
      assertThat(client.waiting()).isZero();
    }
  }

  @Test
  void aServerThatClosesWaitsForTheDecision() {
    try (TestServer test = start(undecided::add)) {
      RawClient client = subscriber(test, "a");
      publish(test, "a", 1);
      await().until(() -> undecided.size() == 1);
      test.server().close();
      await().during(Duration.ofMillis(200)).until(() -> !client.isClosed());
      undecided.remove().allow();

      assertThat(published(client).asInt()).isEqualTo(1);
      assertThat(client.awaitClose().code()).isEqualTo(4000);
    }
  }

  @ParameterizedTest
  @EnumSource(SlowConsumerPolicy.class)
  void publishesThatWaitAreBoundedByThePolicy(SlowConsumerPolicy policy) {
    try (TestServer test =
        start(
            options -> options.outboundBufferLimit(10_000).slowConsumerPolicy(policy),
            undecided::add)) {
      RawClient client = subscriber(test, "a");
      AGServerSocket socket = test.socketOf(client);
      for (int i = 0; i < 100; i++) {
        publish(test, "a", i + "x".repeat(1000));
      }
      if (policy == SlowConsumerPolicy.DISCONNECT) {
        assertThat(client.awaitClose().code()).isEqualTo(4010);
        await().until(() -> socket.getOutboundBufferedBytes() == 0);
        return;
      }
      await().until(() -> undecided.size() == 1 && socket.getOutboundBackpressure() == 9);
      assertThat(socket.getOutboundBufferedBytes()).isLessThanOrEqualTo(10_000);
      List<Integer> received = new ArrayList<>();
      while (received.size() < 9) {
        await().until(() -> !undecided.isEmpty());
        undecided.remove().allow();
        received.add(Integer.valueOf(published(client).asString().replace("x", "")));
      }
      boolean newest = policy == SlowConsumerPolicy.DROP_NEWEST;
      assertThat(received).first().as("the one that was being decided").isEqualTo(0);
      assertThat(received.subList(1, 9))
          .isEqualTo(IntStream.range(newest ? 1 : 92, newest ? 9 : 100).boxed().toList());
    }
  }

  @Test
  void whatIsNotDecidedInTimeIsNotSent() {
    try (TestServer test =
        start(
            options -> options.middlewareTimeout(Duration.ofMillis(100)),
            action -> {
              if (action.data().asInt(0) == 2) {
                action.allow();
              }
            })) {
      RawClient client = subscriber(test, "a");
      publish(test, "a", 1);
      publish(test, "a", 2);

      assertThat(published(client).asInt()).isEqualTo(2);
      await()
          .until(
              () ->
                  warnings.contains(
                      "TimeoutError: The publishOut AGAction was not decided in time by outbound"
                          + " middleware"));
    }
  }

  @Test
  void manyPublishesThatALoopThatHasEndedBlocksLeaveNothingWaiting() {
    try (TestServer test =
        TestServer.start(
            options -> options.middlewareEmitFailures(false),
            server -> server.setMiddleware(AGServer.MIDDLEWARE_OUTBOUND, actions -> {}))) {
      RawClient client = subscriber(test, "a");
      for (int i = 0; i < 20_000; i++) {
        test.server().exchange().transmitPublish("a", i);
      }
      test.socketOf(client).transmit("end", null);

      assertThat(client.nextJson().path("event").asString()).isEqualTo("end");
    }
  }

  @Test
  void aMiddlewareThatIsRemovedLeavesTheOrderAsItWas() {
    try (TestServer test = start(undecided::add)) {
      RawClient client = subscriber(test, "a");
      publish(test, "a", 1);
      publish(test, "a", 2);
      await().until(() -> undecided.size() == 1);
      test.server().removeMiddleware(AGServer.MIDDLEWARE_OUTBOUND);
      publish(test, "a", 3);
      assertThat(client.call("echo", 1).path("data").asInt()).isEqualTo(1);

      undecided.remove().allow();
      for (int i = 1; i <= 3; i++) {
        assertThat(published(client).asInt()).isEqualTo(i);
      }
      assertThat(undecided).isEmpty();
    }
  }

  @Test
  void aHangUpDuringTheDecisionReleasesWhatWaits() {
    try (TestServer test = start(undecided::add)) {
      RawClient client = subscriber(test, "a");
      AGServerSocket socket = test.socketOf(client);
      for (int i = 0; i < 10; i++) {
        publish(test, "a", i);
      }
      await().until(() -> undecided.size() == 1);
      client.close();
      await().until(() -> socket.state() == SocketState.CLOSED);

      assertThat(socket.getOutboundBackpressure()).isZero();
      undecided.remove().allow("changed");
    }
  }

  @Test
  void twoHundredUndecidedPublishesDelayNoOtherSocket() {
    AtomicInteger asked = new AtomicInteger();
    try (TestServer test =
        start(
            action -> {
              if ("slow".equals(action.channel())) {
                undecided.add(action);
                asked.incrementAndGet();
              } else {
                action.allow();
              }
            })) {
      List<RawClient> slow = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        slow.add(subscriber(test, "slow"));
      }
      RawClient quick = subscriber(test, "quick");
      publish(test, "slow", 1);
      await().until(() -> asked.get() == 200);
      assertThat(quick.call("echo", 1).path("data").asInt()).isEqualTo(1);
      publish(test, "quick", 2);
      assertThat(published(quick).asInt()).isEqualTo(2);
      assertThat(undecided).as("still undecided").allMatch(action -> action.outcome() == null);

      undecided.forEach(AGAction::allow);
      slow.forEach(client -> assertThat(published(client).asInt()).isEqualTo(1));
      assertThat(Objects.requireNonNull(undecided.peek()).outcome())
          .isEqualTo(AGAction.Outcome.ALLOWED);
    }
  }
}
