// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What clients and the exchange do with channels. */
class ChannelsTest {
  private static Map<String, Object> channel(String name) {
    return Map.of("channel", name);
  }

  private static Map<String, Object> publish(String channel, Object data) {
    return Map.of("channel", channel, "data", data);
  }

  private static void subscribe(RawClient client, String... channels) {
    for (String each : channels) {
      assertThat(client.call("#subscribe", channel(each)).has("error")).isFalse();
    }
  }

  private static JsonNode errorOf(JsonNode answer) {
    JsonNode error = answer.path("error");
    assertThat(error.isObject()).as("%s", answer).isTrue();
    return error;
  }

  /** Everything that was sent to the client before has arrived when this returns. */
  private static void expectNothingMore(RawClient client) {
    String id = "sync-" + System.nanoTime();
    client.call("#subscribe", channel(id));
    assertThat(client.waiting()).isZero();
  }

  private static Queue<String> channelEventsOf(AGServerSocket socket) {
    Queue<String> events = new ConcurrentLinkedQueue<>();
    socket
        .listener(AGServerSocket.SUBSCRIBE)
        .consume(event -> events.add("subscribe " + event.channel()), Runnable::run);
    socket
        .listener(AGServerSocket.UNSUBSCRIBE)
        .consume(event -> events.add("unsubscribe " + event.channel()), Runnable::run);
    return events;
  }

  private static Queue<String> channelEventsOf(AGServer server) {
    Queue<String> events = new ConcurrentLinkedQueue<>();
    server
        .listener(AGServer.SUBSCRIPTION)
        .consume(event -> events.add("subscription " + event.channel()), Runnable::run);
    server
        .listener(AGServer.UNSUBSCRIPTION)
        .consume(event -> events.add("unsubscription " + event.channel()), Runnable::run);
    return events;
  }

  @Test
  void whoSubscribedReceivesUntilItUnsubscribes() {
    try (TestServer test = TestServer.start()) {
      RawClient subscriber = test.open();
      RawClient other = test.open();
      RawClient publisher = test.open();
      Queue<String> ofServer = channelEventsOf(test.server());
      Queue<String> ofSocket = channelEventsOf(test.socketOf(subscriber));

      subscribe(subscriber, "news");
      assertThat(test.socketOf(subscriber).isSubscribed("news")).isTrue();
      assertThat(publisher.call("#publish", publish("news", 1)).has("error")).isFalse();
      assertThat(subscriber.next())
          .isEqualTo("{\"event\":\"#publish\",\"data\":{\"channel\":\"news\",\"data\":1}}");
      int cid = subscriber.invoke("#unsubscribe", "news");
      assertThat(subscriber.next()).isEqualTo("{\"rid\":" + cid + "}");
      publisher.call("#publish", publish("news", 2));

      expectNothingMore(subscriber);
      expectNothingMore(other);
      assertThat(test.socketOf(subscriber).isSubscribed("news")).isFalse();
      await().until(() -> ofServer.size() == 4 && ofSocket.size() == 3);
      assertThat(ofSocket).startsWith("subscribe news", "unsubscribe news");
      assertThat(ofServer).startsWith("subscription news", "unsubscription news");
    }
  }

  @Test
  void withoutACallIdNothingIsAnsweredAndAllIsDone() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      client.transmit("#subscribe", channel("news"));
      client.transmit("#publish", publish("news", "a"));

      assertThat(client.nextJson().path("data"))
          .hasToString("{\"channel\":\"news\",\"data\":\"a\"}");
      assertThat(socket.isSubscribed("news")).isTrue();
      client.transmit("#unsubscribe", "news");
      client.transmit("#unsubscribe", "news"); // an error without an answer
      client.transmit("#subscribe", Map.of());
      client.transmit("#publish", publish("news", "b"));

      expectNothingMore(client);
      assertThat(socket.isSubscribed("news")).isFalse();
    }
  }

  @Test
  void onesOwnPublishComesBeforeItsAnswer() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      subscribe(client, "news");
      for (int i = 0; i < 100; i++) {
        int cid = client.invoke("#publish", publish("news", i));

        assertThat(client.nextJson().path("data").path("data").asInt(-1)).isEqualTo(i);
        assertThat(client.next()).isEqualTo("{\"rid\":" + cid + "}");
      }
    }
  }

  @Test
  void aPublishWithoutDataIsDeliveredWithoutData() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      subscribe(client, "news");
      client.transmit("#publish", channel("news"));

      assertThat(client.next())
          .isEqualTo("{\"event\":\"#publish\",\"data\":{\"channel\":\"news\"}}");
    }
  }

  @Test
  void subscribingTwiceIsOneSubscription() {
    try (TestServer test = TestServer.start(options -> options.socketChannelLimit(2))) {
      RawClient client = test.open();
      Queue<String> events = channelEventsOf(test.socketOf(client));
      subscribe(client, "news", "news", "news");
      client.transmit("#publish", publish("news", 1));
      client.next();
      client.call("#unsubscribe", "news");
      client.transmit("#publish", publish("news", 2));

      expectNothingMore(client);
      await().until(() -> events.size() >= 3);
      assertThat(events).startsWith("subscribe news", "unsubscribe news").hasSize(3);
      JsonNode again = client.call("#unsubscribe", "news");
      assertThat(errorOf(again).path("name").asString()).isEqualTo("BrokerError");
      assertThat(errorOf(again).path("message").asString())
          .startsWith("Failed to unsubscribe socket from the news channel")
          .endsWith("tried to unsubscribe from a channel which it is not subscribed to");
    }
  }

  @Test
  void theChannelLimitIsOfEachSocket() {
    try (TestServer test = TestServer.start(options -> options.socketChannelLimit(2))) {
      RawClient client = test.open();
      RawClient other = test.open();
      subscribe(client, "a", "b");

      JsonNode error = errorOf(client.call("#subscribe", channel("c")));

      assertThat(error.path("name").asString()).isEqualTo("BrokerError");
      assertThat(error.path("message").asString())
          .isEqualTo(
              "Failed to subscribe socket to the c channel - InvalidActionError: Socket "
                  + client.id()
                  + " tried to exceed the channel subscription limit of 2");
      subscribe(other, "c", "d");
      assertThat(test.socketOf(client).subscriptions()).containsExactly("a", "b");
      client.call("#unsubscribe", "a");
      subscribe(client, "c");
      assertThat(test.socketOf(client).subscriptions()).containsExactly("b", "c");
    }
  }

  @Test
  void clientsDoNotPublishWhereThatIsOff() {
    try (TestServer test = TestServer.start(options -> options.allowClientPublish(false))) {
      RawClient client = test.open();
      subscribe(client, "news");

      JsonNode error = errorOf(client.call("#publish", publish("news", 1)));
      client.transmit("#publish", publish("news", 2));
      test.server().exchange().transmitPublish("news", "of the server");

      assertThat(error.path("name").asString()).isEqualTo("InvalidActionError");
      assertThat(error.path("message").asString()).isEqualTo("Client publish feature is disabled");
      assertThat(client.nextJson().path("data").path("data").asString()).isEqualTo("of the server");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"channel\":1}",
        "{\"channel\":null}",
        "{\"channel\":{\"hello\":123}}",
        "7",
        "null",
        "[null]"
      })
  void aChannelThatIsNoStringIsRefused(String data) {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      for (String event : List.of("#subscribe", "#publish", "#unsubscribe")) {
        client.send("{\"event\":\"" + event + "\",\"data\":" + data + ",\"cid\":9}");
        JsonNode answer = client.nextJson();
        assertThat(answer.path("rid").asInt()).isEqualTo(9);
        assertThat(errorOf(answer).path("name").asString()).isEqualTo("InvalidActionError");
        assertThat(errorOf(answer).path("message").asString()).contains("malformatted");
      }
      assertThat(test.socketOf(client).subscriptions()).isEmpty();
    }
  }

  @Test
  void aChannelNameHasALengthLimit() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      String longest = "x".repeat(16_384);
      subscribe(client, longest);

      for (String event : List.of("#subscribe", "#publish")) {
        assertThat(errorOf(client.call(event, channel(longest + "x"))).path("name").asString())
            .isEqualTo("InvalidActionError");
      }
      client.transmit("#publish", publish(longest, 1));
      assertThat(client.nextJson().path("data").path("channel").asString()).isEqualTo(longest);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "#publish", "a\"b\\c\n\u0000", "日本 \ud83d\ude00", "__proto__", "a/b"})
  void anyStringNamesAChannel(String name) {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      subscribe(client, name);
      test.server().exchange().transmitPublish(name, 1);

      assertThat(client.nextJson().path("data").path("channel").asString("none")).isEqualTo(name);
      assertThat(test.socketOf(client).subscriptions()).containsExactly(name);
      assertThat(client.call("#unsubscribe", name).has("error")).isFalse();
    }
  }

  @Test
  void anObjectMayNameTheChannelToUnsubscribeFrom() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      subscribe(client, "news");

      assertThat(client.call("#unsubscribe", channel("news")).has("error")).isFalse();

      assertThat(test.socketOf(client).subscriptions()).isEmpty();
    }
  }

  @Test
  void theOptionsOfASubscriptionShowInItsEvents() {
    Queue<JsonNode> options = new ConcurrentLinkedQueue<>();
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket
          .listener(AGServerSocket.SUBSCRIBE)
          .consume(event -> options.add(event.subscriptionOptions()));
      test.server()
          .listener(AGServer.SUBSCRIPTION)
          .consume(event -> options.add(event.subscriptionOptions()));
      client.call(
          "#subscribe", Map.of("channel", "news", "waitForAuth", true, "data", List.of(1, 2)));

      await().until(() -> options.size() == 2);
      assertThat(options)
          .allSatisfy(
              each -> {
                assertThat(each.path("waitForAuth").asBoolean(false)).isTrue();
                assertThat(each.path("data")).hasToString("[1,2]");
                assertThat(each.has("channel")).isFalse();
              });
    }
  }

  @Test
  void kickingOutOfOneChannelLeavesTheOthers() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      Queue<String> ofServer = channelEventsOf(test.server());
      Queue<String> ofSocket = channelEventsOf(socket);
      subscribe(client, "a", "b");

      socket.kickOut("a", "enough");
      assertThat(socket.subscriptions()).containsExactly("b"); // in force at once
      socket.kickOut("a", "again");
      socket.kickOut("never", "subscribed");
      test.server().exchange().transmitPublish("a", 1);
      test.server().exchange().transmitPublish("b", 2);

      assertThat(client.next())
          .isEqualTo(
              "{\"event\":\"#kickOut\",\"data\":{\"channel\":\"a\",\"message\":\"enough\"}}");
      assertThat(client.nextJson().path("data").path("data").asInt()).isEqualTo(2);
      await().until(() -> ofServer.size() == 3 && ofSocket.size() == 3);
      assertThat(ofSocket).containsExactly("subscribe a", "subscribe b", "unsubscribe a");
      assertThat(ofServer).containsExactly("subscription a", "subscription b", "unsubscription a");
    }
  }

  @Test
  void kickingOutOfAllTellsOfEachChannelInOrder() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      Queue<String> ofServer = channelEventsOf(test.server());
      Queue<String> ofSocket = channelEventsOf(socket);
      subscribe(client, "a", "b", "c");

      socket.kickOut(null);
      test.server().exchange().transmitPublish("b", 1);

      for (String each : List.of("a", "b", "c")) {
        assertThat(client.next())
            .isEqualTo("{\"event\":\"#kickOut\",\"data\":{\"channel\":\"" + each + "\"}}");
      }
      expectNothingMore(client);
      await().until(() -> ofServer.size() == 7 && ofSocket.size() == 7);
      assertThat(ofSocket).containsSequence("unsubscribe a", "unsubscribe b", "unsubscribe c");
      assertThat(ofServer)
          .containsSequence("unsubscription a", "unsubscription b", "unsubscription c");
    }
  }

  @Test
  void theExchangePublishesToClientsAndToItsOwnConsumersAndHearsClients() {
    Queue<JsonNode> heard = new ConcurrentLinkedQueue<>();
    Queue<Integer> numbers = new ConcurrentLinkedQueue<>();
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      subscribe(client, "news");
      test.server().exchange().subscribe("news").consume(heard::add);
      test.server().exchange().channel("news", Integer.class).consume(numbers::add);

      test.server().exchange().invokePublish("news", "of the exchange").join();
      client.transmit("#publish", publish("news", 7));
      client.transmit("#publish", channel("news"));

      await().until(() -> heard.size() == 3);
      assertThat(heard.stream().map(JsonNode::toString).toList())
          .containsExactly("\"of the exchange\"", "7", "null");
      assertThat(client.nextJson().path("data").path("data").asString())
          .isEqualTo("of the exchange");
      assertThat(client.nextJson().path("data").path("data").asInt()).isEqualTo(7);
      await().until(() -> numbers.size() == 1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"b\" : 1.0e2 ,\t\"a\":[ ],\"b\":-0.0 }",
        "\"\\u0041\\/\\ud83d\\ude00\\n\"",
        "\"日本 \ud83d\ude00\"",
        "123456789012345678901234567890.10",
        "[1E+2 , 0.10,\r\n null]",
        "{\"\":{}, \"__proto__\" : [[ ]]}",
        "null",
        "false"
      })
  void dataPassesAsItWasWritten(String data) {
    try (TestServer test = TestServer.start()) {
      RawClient publisher = test.open();
      RawClient subscriber = test.open();
      subscribe(subscriber, "news");
      publisher.send(
          "{\"event\":\"#publish\",\"data\":{\"data\":" + data + ", \"channel\":\"news\"}}");

      assertThat(subscriber.next())
          .isEqualTo(
              "{\"event\":\"#publish\",\"data\":{\"channel\":\"news\",\"data\":" + data + "}}");
    }
  }

  @Test
  void anApplicationObservesWhatWasProcessed() {
    Queue<String> observed = new ConcurrentLinkedQueue<>();
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      for (String event : List.of("#publish", "#subscribe", "#unsubscribe")) {
        socket
            .receiver(event)
            .consume(data -> observed.add(event + " transmitted " + data), Runnable::run);
        socket
            .procedure(event)
            .consume(
                request ->
                    observed.add(event + " invoked " + request.data() + " " + request.isSent()),
                Runnable::run);
      }
      client.transmit("#subscribe", channel("a"));
      client.call("#subscribe", channel("b"));
      client.transmit("#publish", publish("c", 1));
      client.call("#publish", publish("c", 2));
      client.transmit("#unsubscribe", "a");
      client.call("#unsubscribe", "b");
      client.call("#unsubscribe", "never subscribed");

      await().until(() -> observed.size() == 6);
      assertThat(observed)
          .containsExactly(
              "#subscribe transmitted {\"channel\":\"a\"}",
              "#subscribe invoked {\"channel\":\"b\"} true",
              "#publish transmitted 1",
              "#publish invoked 2 true",
              "#unsubscribe transmitted \"a\"",
              "#unsubscribe invoked \"b\" true");
      expectNothingMore(client);
    }
  }

  @Test
  void aBatchIsProcessedInOrder() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      client.send(
          "[{\"event\":\"#subscribe\",\"data\":{\"channel\":\"a\"},\"cid\":2},"
              + "{\"event\":\"#publish\",\"data\":{\"channel\":\"a\",\"data\":1},\"cid\":3},"
              + "{\"event\":\"#unsubscribe\",\"data\":\"a\",\"cid\":4},"
              + "{\"event\":\"#publish\",\"data\":{\"channel\":\"a\",\"data\":2},\"cid\":5}]");

      assertThat(List.of(client.next(), client.next(), client.next(), client.next(), client.next()))
          .containsExactly(
              "{\"rid\":2}",
              "{\"event\":\"#publish\",\"data\":{\"channel\":\"a\",\"data\":1}}",
              "{\"rid\":3}",
              "{\"rid\":4}",
              "{\"rid\":5}");
    }
  }

  @Test
  void aSocketThatClosedLeavesNoSubscriptionBehind() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      subscribe(client, "a", "b");
      assertThat(test.server().brokerEngine().isSubscribed("a")).isTrue();
      client.close();

      await().until(() -> socket.subscriptions().isEmpty());
      await().until(() -> !test.server().brokerEngine().isSubscribed("a"));
      await().until(() -> !test.server().brokerEngine().isSubscribed("b"));
    }
  }
}
