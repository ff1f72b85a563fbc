// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.core.deltas.DeltaValues;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.testkit.ForwardingCodec;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Subscribers that ask are sent the difference to the value before, the others whole values. */
class DeltaTest {
  private static final Map<String, String> ASKED = Map.of("delta", "json-patch");

  private static ChannelPolicy.Builder deltas() {
    return ChannelPolicy.builder().historySize(0).deltas(true);
  }

  private static TestServer start(ChannelPolicy.Builder policy) {
    return TestServer.start(
        options -> options, server -> server.channels().policy("book/*", policy.build()));
  }

  private static RawClient subscriber(TestServer test, String channel, Map<String, ?> data) {
    RawClient client = test.open();
    JsonNode answer = client.call("#subscribe", Map.of("channel", channel, "data", data));
    assertThat(answer.has("error")).as("%s", answer).isFalse();
    return client;
  }

  private static void publish(TestServer test, String channel, Object value) {
    test.server().exchange().invokePublish(channel, value).join();
  }

  private static JsonNode next(RawClient client) {
    JsonNode packet = client.nextJson();
    assertThat(packet.path("event").stringValue("")).as("%s", packet).isEqualTo("#publish");
    return packet.path("data").path("data");
  }

  private static Map<String, Object> book(int number) {
    Map<String, Object> book = new HashMap<>();
    book.put("symbol", "A");
    book.put("number", number);
    book.put("note", number % 2 == 0 ? null : "odd");
    book.put("bids", List.of(List.of("60000.5", "1.25"), List.of("59999.5", "2.50")));
    book.put("text", "x".repeat(200));
    return book;
  }

  private static JsonNode json(Object value) {
    return Payload.of(value).node();
  }

  @Test
  void whoAsksIsSentTheDifferenceAndOthersTheWholeValue() {
    try (TestServer test = start(deltas())) {
      RawClient asking = subscriber(test, "book/1", ASKED);
      RawClient stock = subscriber(test, "book/1", Map.of());
      publish(test, "book/1", book(1));
      publish(test, "book/1", book(2));

      assertThat(next(asking)).isEqualTo(json(Map.of("#delta", 0, "value", book(1))));
      JsonNode difference = next(asking);
      assertThat(difference.path("#delta").intValue(-1)).isZero();
      assertThat(difference.path("patch"))
          .hasSize(2)
          .contains(json(Map.of("op", "replace", "path", "/number", "value", 2)));
      assertThat(difference.toString()).contains("/note").doesNotContain("bids");
      assertThat(next(stock)).isEqualTo(json(book(1)));
      assertThat(next(stock)).isEqualTo(json(book(2)));
    }
  }

  @Test
  void aNewcomerIsSentTheWholeValueFirst() {
    try (TestServer test = start(deltas())) {
      RawClient first = subscriber(test, "book/1", ASKED);
      publish(test, "book/1", book(1));
      RawClient second = subscriber(test, "book/1", ASKED);
      publish(test, "book/1", book(2));
      publish(test, "book/1", book(3));

      next(first);
      assertThat(next(first).has("patch")).isTrue();
      assertThat(next(second).path("value")).isEqualTo(json(book(2)));
      assertThat(next(second).has("patch")).isTrue();
    }
  }

  @Test
  void aDifferenceThatIsNotSmallerIsSentAsTheWholeValue() {
    try (TestServer test = start(deltas())) {
      RawClient client = subscriber(test, "book/1", ASKED);
      publish(test, "book/1", Map.of("a", 1, "b", 2));
      publish(test, "book/1", Map.of("a", 3, "b", 4));
      next(client);
      assertThat(next(client).path("value")).isEqualTo(json(Map.of("a", 3, "b", 4)));
    }
  }

  @Test
  void eachKeyHasAValueOfItsOwn() {
    try (TestServer test = start(deltas().conflationKey("symbol"))) {
      RawClient client = subscriber(test, "book/all", ASKED);
      DeltaValues values = new DeltaValues();
      int differences = 0;
      for (int i = 0; i < 20; i++) {
        Map<String, Object> book = book(i);
        book.put("symbol", i % 3);
        publish(test, "book/all", book);
        JsonNode message = next(client);
        differences += message.has("patch") ? 1 : 0;
        assertThat(Objects.requireNonNull(values.restore(Payload.of(message), true)).node())
            .isEqualTo(json(book));
      }
      assertThat(differences).isEqualTo(17);
    }
  }

  /** Many messages are sent in one piece then, but not to a newcomer, who has no value yet. */
  @Test
  void valuesThatArePublishedAtOnceAreRestoredByAllAndByNewcomers() {
    try (TestServer test = start(deltas())) {
      List<RawClient> clients = new ArrayList<>();
      int last = 0;
      for (int part = 0; part < 5; part++) {
        clients.add(subscriber(test, "book/1", ASKED));
        clients.add(subscriber(test, "book/1", ASKED));
        for (int i = 0; i < 200; i++) {
          last++;
          test.server().exchange().transmitPublish("book/1", last % 50 == 0 ? last : book(last));
        }
      }
      for (int i = 0; i < clients.size(); i++) {
        assertRestored(clients.get(i), i / 2 * 200 + 1, last);
      }
    }
  }

  private static void assertRestored(RawClient client, int first, int last) {
    DeltaValues values = new DeltaValues();
    int differences = 0;
    for (int number = first; number <= last; number++) {
      JsonNode message = next(client);
      differences += message.has("patch") ? 1 : 0;
      Payload value = Objects.requireNonNull(values.restore(Payload.of(message), true));
      assertThat(value.node()).isEqualTo(json(number % 50 == 0 ? number : book(number)));
    }
    assertThat(differences).isEqualTo(last - first - (last - first + 1) / 50);
  }

  @Test
  void whatIsNoObjectIsSentAsItIsAndTheValueBeforeStays() {
    try (TestServer test = start(deltas())) {
      RawClient client = subscriber(test, "book/1", ASKED);
      publish(test, "book/1", book(1));
      publish(test, "book/1", "pause");
      publish(test, "book/1", Map.of("text", "y".repeat(70_000)));
      publish(test, "book/1", book(2));
      next(client);
      assertThat(next(client)).hasToString("{\"#delta\":null,\"value\":\"pause\"}");
      assertThat(next(client).path("#delta").isNull()).isTrue();
      assertThat(next(client).has("patch")).isTrue();
    }
  }

  @Test
  void aChannelWithoutDeltasSendsWhatItAlwaysDid() {
    try (TestServer test = start(ChannelPolicy.builder().historySize(0))) {
      RawClient client = subscriber(test, "book/1", ASKED);
      publish(test, "book/1", book(1));
      assertThat(next(client)).isEqualTo(json(book(1)));
    }
  }

  @Test
  void whatWasMissedIsWholeAndDifferencesFollow() {
    try (TestServer test = start(ChannelPolicy.builder().historySize(10).deltas(true))) {
      publish(test, "book/1", book(1));
      RawClient client = test.open();
      client.invoke(
          "#subscribe",
          Map.of(
              "channel",
              "book/1",
              "data",
              Map.of("delta", "json-patch", "recover", true, "last", 5)));
      assertThat(next(client).has("start")).isTrue();
      JsonNode missed = next(client);
      assertThat(missed.path("data")).isEqualTo(json(passing(book(1))));
      assertThat(client.nextJson().has("rid")).isTrue();

      publish(test, "book/1", book(2));
      publish(test, "book/1", book(3));
      JsonNode second = next(client);
      assertThat(second.path("data").path("value")).isEqualTo(json(book(2)));
      JsonNode third = next(client);
      assertThat(third.path("offset").longValue()).isEqualTo(second.path("offset").longValue() + 1);
      assertThat(third.path("data").has("patch")).isTrue();
    }
  }

  private static Map<String, Object> passing(Object value) {
    Map<String, Object> form = new HashMap<>();
    form.put("#delta", null);
    form.put("value", value);
    return form;
  }

  @Test
  void aMiddlewareThatChangesAValueBreaksTheChainForItsSocketOnly() {
    try (TestServer test = start(deltas())) {
      RawClient changed = subscriber(test, "book/1", ASKED);
      AGServerSocket socket = test.server().clients().values().iterator().next();
      RawClient other = subscriber(test, "book/1", ASKED);
      test.server()
          .setMiddleware(
              MiddlewareLine.OUTBOUND,
              AGMiddleware.nonBlocking(
                  action -> {
                    int number = Objects.requireNonNull(action.data()).path("number").intValue();
                    if (action.socket().id().equals(socket.id()) && number == 2) {
                      action.allow(Map.of("number", 0));
                    } else {
                      action.allow();
                    }
                  }));
      for (int number = 1; number <= 4; number++) {
        publish(test, "book/1", book(number));
      }
      assertThat(next(changed).path("value")).isEqualTo(json(book(1)));
      assertThat(next(changed)).isEqualTo(json(passing(Map.of("number", 0))));
      assertThat(next(changed).path("value")).isEqualTo(json(book(3)));
      assertThat(next(changed).has("patch")).isTrue();
      next(other);
      for (int number = 2; number <= 4; number++) {
        assertThat(next(other).has("patch")).isTrue();
      }
    }
  }

  @Test
  void theLastValuesAreBoundedAndForgottenWithTheSubscribers() {
    try (TestServer test = start(deltas().conflationKey("symbol").totalDeltaBytes(65_536))) {
      RawClient client = subscriber(test, "book/all", ASKED);
      for (int i = 0; i < 500; i++) {
        Map<String, Object> book = book(i);
        book.put("symbol", i);
        publish(test, "book/all", book);
        assertThat(next(client).path("value")).isEqualTo(json(book));
        assertThat(test.server().channels().deltaBytes()).isBetween(1L, 65_536L);
      }
      client.call("#unsubscribe", "book/all");
      assertThat(test.server().channels().deltaBytes()).isZero();
    }
  }

  @Test
  void theOptionsAreChecked() {
    assertThat(ChannelPolicy.history(10, Duration.ofMinutes(1)).deltas()).isFalse();
    assertThat(deltas().build().totalDeltaBytes()).isEqualTo(16 << 20);
    assertThatThrownBy(() -> deltas().totalDeltaBytes(1).build())
        .hasMessageContaining("totalDeltaBytes is 1; allowed: from 65536");
  }

  private static final class NoPatches extends ForwardingCodec {
    @Override
    public byte[] encodePublish(String channel, @Nullable Payload data) {
      if (String.valueOf(data).contains("patch")) {
        throw new IllegalStateException("a bug");
      }
      return super.encodePublish(channel, data);
    }
  }

  @Test
  void aCodecThatCannotWriteADifferenceSendsTheWholeValue() {
    try (TestServer test =
        TestServer.start(
            options -> options.codecEngine(new NoPatches()),
            server -> server.channels().policy("book/*", deltas().build()))) {
      RawClient client = subscriber(test, "book/1", ASKED);
      publish(test, "book/1", book(1));
      publish(test, "book/1", book(2));
      assertThat(next(client).path("value")).isEqualTo(json(book(1)));
      assertThat(next(client).path("value")).isEqualTo(json(book(2)));
    }
  }
}
