// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.testkit.RawClient;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a middleware makes of the publishes and subscriptions of clients. */
class PublishMiddlewareTest {
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private final Queue<AGAction> undecided = new ConcurrentLinkedQueue<>();

  /** Starts a server that does {@code step} with actions of one type, and allows all others. */
  private TestServer start(AGAction.Type type, Consumer<AGAction> step) {
    return TestServer.start(
        options -> options,
        server ->
            server.setMiddleware(
                AGServer.MIDDLEWARE_INBOUND,
                AGMiddleware.each(
                    action -> {
                      seen.add(action.type().value() + " " + action.channel());
                      if (action.type() == type) {
                        step.accept(action);
                      } else {
                        action.allow();
                      }
                    })));
  }

  private static RawClient subscriber(TestServer test, String channel) {
    RawClient client = test.open();
    assertThat(client.call("#subscribe", Map.of("channel", channel)).has("error")).isFalse();
    return client;
  }

  private static Map<String, Object> publish(String channel, String data) {
    return Map.of("channel", channel, "data", data);
  }

  private static String delivered(RawClient client) {
    JsonNode packet = client.nextJson();
    assertThat(packet.path("event").asString()).isEqualTo("#publish");
    return packet.path("data").path("data").asString();
  }

  @Test
  void aPublishThatIsBlockedLateIsDeliveredToNobodyAndItsPublisherIsTold() {
    try (TestServer test = start(AGAction.Type.PUBLISH_IN, undecided::add)) {
      RawClient client = subscriber(test, "hello");
      int cid = client.invoke("#publish", publish("hello", "world"));
      await().until(() -> undecided.size() == 1);
      assertThat(client.waiting()).isZero();

      undecided.remove().block(new AGException("BlockedError", "Blocked by middleware"));
      test.server().exchange().transmitPublish("hello", "last");

      JsonNode answer = client.nextJson();
      assertThat(answer.path("rid").asInt()).isEqualTo(cid);
      assertThat(answer.path("error").path("name").asString()).isEqualTo("BlockedError");
      assertThat(delivered(client)).isEqualTo("last");
    }
  }

  @Test
  void aPublishThatWaitsHoldsUpNoOtherPublisher() {
    Queue<String> slowOnes = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            AGAction.Type.PUBLISH_IN,
            action -> {
              if (slowOnes.contains(action.socket().id())) {
                undecided.add(action);
              } else {
                action.allow();
              }
            })) {
      RawClient quick = test.open();
      RawClient slow = test.open();
      slowOnes.add(slow.id());
      RawClient subscriber = subscriber(test, "foo");
      slow.transmit("#publish", publish("foo", "b1"));
      slow.transmit("#publish", publish("foo", "b2"));
      await().until(() -> undecided.size() == 1);

      quick.transmit("#publish", publish("foo", "a1"));
      quick.transmit("#publish", publish("foo", "a2"));

      assertThat(delivered(subscriber)).isEqualTo("a1");
      assertThat(delivered(subscriber)).isEqualTo("a2");
      assertThat(subscriber.waiting()).isZero();
      undecided.remove().allow();
      assertThat(delivered(subscriber)).isEqualTo("b1");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMiddlewareReplacesWhatIsPublished(boolean invoked) {
    try (TestServer test = start(AGAction.Type.PUBLISH_IN, action -> action.allow("intercepted"))) {
      RawClient subscriber = subscriber(test, "hello");
      RawClient publisher = test.open();
      if (invoked) {
        assertThat(publisher.call("#publish", publish("hello", "world")).has("error")).isFalse();
      } else {
        publisher.transmit("#publish", publish("hello", "world"));
      }

      assertThat(delivered(subscriber)).isEqualTo("intercepted");
      assertThat(subscriber.waiting()).isZero();
    }
  }

  @Test
  void aPublishWaitsForTheSubscriptionBeforeItHoweverLongThatTakes() {
    try (TestServer test = start(AGAction.Type.SUBSCRIBE, undecided::add)) {
      RawClient client = test.open();
      client.send(
          "[{\"event\":\"#subscribe\",\"data\":{\"channel\":\"foo\"},\"cid\":2},"
              + "{\"event\":\"#publish\",\"data\":{\"channel\":\"foo\",\"data\":\"bar\"}}]");
      await().until(() -> undecided.size() == 1);
      assertThat(seen).containsExactly("subscribe foo");

      undecided.remove().allow();

      assertThat(client.next()).isEqualTo("{\"rid\":2}");
      assertThat(delivered(client)).isEqualTo("bar");
      assertThat(seen).containsExactly("subscribe foo", "publishIn foo");
    }
  }
}
