// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.testkit.Recorder.Received;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who is subscribed to what, and since when. */
interface SubscriptionRules extends Engines {
  /** Names that mean something to a broker, a shell, a file system or a carelessly written map. */
  List<String> ODD_NAMES =
      List.of(
          "",
          " ",
          "  ",
          "a",
          "A",
          " a",
          "a ",
          "*",
          "**",
          ">",
          ".",
          "..",
          "a.*",
          "a.>",
          "a.b",
          "a/b",
          "a/#",
          "\ud800",
          "#",
          "+",
          "$SYS",
          "[a-z]",
          "?",
          "a?",
          "\\",
          "\"",
          "'",
          "%",
          "a\nb",
          "a\r\nb",
          "\t",
          "\u0000",
          "a\u0000",
          "é",
          "e\u0301",
          "ß",
          "ss",
          "İ",
          "😀",
          "\u202eabc",
          "null",
          "undefined",
          "__proto__",
          "a:b",
          "a,b",
          "{a}",
          "x".repeat(16_384),
          "y".repeat(16_383),
          "€".repeat(16_384));

  @Test
  default void everythingAfterTheSubscriptionIsDelivered() {
    for (int i = 0; i < 100; i++) {
      String channel = "channel-" + i;
      Recorder recorder = recorder(engine(), channel);
      publish(engine(), channel, "first");

      eventually(() -> assertThat(recorder.json()).containsExactly("\"first\""));
    }
  }

  @Test
  default void nothingIsDeliveredAfterTheSubscriptionHasEnded() {
    AGBrokerEngine engine = engine();
    AtomicBoolean publishing = new AtomicBoolean(true);
    Runnable publisher =
        () -> {
          while (publishing.get()) {
            publish(engine, "news", "x");
          }
        };
    Runnable comesAndGoes =
        () -> {
          try {
            for (int i = 0; i < 100; i++) {
              Recorder recorder = recorder(engine, "news");
              done(engine.unsubscribe(recorder, "news"));
              int before = recorder.count();
              publish(engine, "news", "after");
              publish(engine, "news", "after");
              assertThat(recorder.count()).as("deliveries after the end").isEqualTo(before);
            }
          } finally {
            publishing.set(false);
          }
        };

    together(List.of(publisher, comesAndGoes));
  }

  @Test
  default void subscribingTwiceIsSubscribingOnce() {
    Recorder recorder = recorder(engine(), "news");
    done(engine().subscribe(recorder, "news"));
    publish(engine(), "news", "one");
    done(engine().unsubscribe(recorder, "news"));
    publish(engine(), "news", "two");

    assertThat(recorder.json()).containsExactly("\"one\"");
    assertThat(engine().isSubscribed("news")).isFalse();
  }

  @Test
  default void aSubscriptionThatDoesNotExistEndsWithoutEffect() {
    Recorder recorder = recorder(engine(), "news");

    done(engine().unsubscribe(new Recorder(), "news"));
    done(engine().unsubscribe(recorder, "other"));
    publish(engine(), "news", "one");

    assertThat(recorder.json()).containsExactly("\"one\"");
    assertThat(engine().subscriptions()).containsExactly("news");
  }

  @Test
  default void oneSubscriberMayHaveManyChannelsAndSubscribeAgain() {
    Recorder recorder = recorder(engine(), "a");
    done(engine().subscribe(recorder, "b"));
    done(engine().unsubscribe(recorder, "a"));
    publish(engine(), "a", "lost");
    publish(engine(), "b", "kept");
    done(engine().subscribe(recorder, "a"));
    publish(engine(), "a", "again");

    assertThat(recorder.received())
        .containsExactly(new Received("b", "\"kept\""), new Received("a", "\"again\""));
  }

  @Test
  default void channelsAreListedWhileTheyHaveASubscriber() {
    assertThat(engine().subscriptions()).isEmpty();
    Recorder first = recorder(engine(), "a");
    Recorder second = recorder(engine(), "a");
    recorder(engine(), "b");
    Set<String> before = engine().subscriptions();
    done(engine().unsubscribe(first, "a"));

    assertThat(engine().isSubscribed("a")).isTrue();
    done(engine().unsubscribe(second, "a"));

    assertThat(engine().isSubscribed("a")).isFalse();
    assertThat(engine().isSubscribed("b")).isTrue();
    assertThat(engine().subscriptions()).containsExactly("b");
    assertThat(before).containsExactlyInAnyOrder("a", "b");
    assertThatThrownBy(() -> before.add("c")).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  default void theFirstSubscriberAndTheLastToLeaveAreEvents() throws Exception {
    StreamConsumer<BrokerEvent.Subscribe> subscribed =
        engine().listener(BrokerEvent.SUBSCRIBE).createConsumer(patience());
    StreamConsumer<BrokerEvent.Unsubscribe> unsubscribed =
        engine().listener(BrokerEvent.UNSUBSCRIBE).createConsumer(patience());
    Recorder first = recorder(engine(), "a");
    Recorder second = recorder(engine(), "a");
    done(engine().unsubscribe(first, "a"));
    done(engine().unsubscribe(second, "a"));
    done(engine().subscribe(first, "b"));
    done(engine().unsubscribe(first, "b"));

    assertThat(subscribed.next()).isEqualTo(new StreamItem.Value<>(new BrokerEvent.Subscribe("a")));
    assertThat(subscribed.next()).isEqualTo(new StreamItem.Value<>(new BrokerEvent.Subscribe("b")));
    assertThat(unsubscribed.next())
        .isEqualTo(new StreamItem.Value<>(new BrokerEvent.Unsubscribe("a")));
    assertThat(unsubscribed.next())
        .isEqualTo(new StreamItem.Value<>(new BrokerEvent.Unsubscribe("b")));
  }

  @Test
  default void aChannelNameMeansItself() {
    Map<String, Recorder> recorders = new LinkedHashMap<>();
    ODD_NAMES.forEach(name -> recorders.put(name, recorder(engine(), name)));

    ODD_NAMES.forEach(name -> publish(engine(), name, "x"));

    recorders.forEach(
        (name, recorder) ->
            eventually(
                () ->
                    assertThat(recorder.received()).containsExactly(new Received(name, "\"x\""))));
    assertThat(engine().subscriptions()).containsExactlyInAnyOrderElementsOf(ODD_NAMES);
    recorders.forEach((name, recorder) -> done(engine().unsubscribe(recorder, name)));
    assertThat(engine().subscriptions()).isEmpty();
  }
}
