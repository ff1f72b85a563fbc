// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGExchange;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.ChannelMessage.SharedEncoding;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a subscriber is given. */
interface DeliveryRules extends Engines {
  /** Values that a transport may change on the way. */
  List<String> ODD_DATA =
      List.of(
          "null",
          "true",
          "0",
          "-0",
          "1.0",
          "1e400",
          "12345678901234567890",
          "0.1",
          "\"\"",
          "[]",
          "{}",
          "\"\\ud800\"",
          "\"\\u00e9é😀\"",
          "\"\\u0000\"",
          "{\"b\":1,\"a\":2}",
          "[[[[[[1]]]]]]",
          "{\"base64\":true,\"data\":\"AQID\"}",
          "\"null\"");

  @Test
  default void onePublishReachesEachSubscriberOnceAndBeforeItsAnswer() {
    List<Recorder> recorders =
        List.of(recorder(engine(), "a"), recorder(engine(), "a"), recorder(engine(), "a"));
    Recorder other = recorder(engine(), "b");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      publish(engine(), "a", "m" + i);
      expected.add("\"m" + i + "\"");
      recorders.forEach(each -> assertThat(each.json()).isEqualTo(expected));
    }
    assertThat(other.json()).isEmpty();
  }

  @Test
  default void bothWaysToPublishKeepTheOrderOfOneThread() {
    Recorder recorder = recorder(engine(), "a");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      if (i % 3 == 0) {
        publish(engine(), "a", "m" + i);
      } else {
        engine().transmitPublish("a", Payload.of("m" + i));
      }
      expected.add("\"m" + i + "\"");
    }

    eventually(() -> assertThat(recorder.json()).isEqualTo(expected));
  }

  @Test
  default void aPublishWithoutSubscribersSucceeds() {
    publish(engine(), "nobody", "x");
    engine().transmitPublish("nobody", null);

    assertThat(engine().subscriptions()).isEmpty();
  }

  @Test
  default void dataArrivesAsItWas() {
    Recorder recorder = recorder(engine(), "a");
    ODD_DATA.forEach(
        json -> {
          byte[] bytes = json.getBytes(UTF_8);
          done(engine().invokePublish("a", Payload.ofJson(bytes, 0, bytes.length)));
        });

    eventually(() -> assertThat(recorder.json()).isEqualTo(ODD_DATA));
  }

  @Test
  default void noDataStaysNoDataAndIsNotNull() {
    Recorder recorder = recorder(engine(), "a");

    done(engine().invokePublish("a", null));
    done(engine().invokePublish("a", Payload.of(null)));
    engine().transmitPublish("a", null);

    eventually(() -> assertThat(recorder.json()).containsExactly("no data", "null", "no data"));
  }

  @Test
  default void bigDataAndBytesArriveWhole() {
    Recorder recorder = recorder(engine(), "a");
    Payload text = Payload.of("é".repeat((biggestPayload() - 2) / 2));
    Payload bytes = Payload.of(Map.of("bytes", new byte[biggestPayload() / 2]));

    done(engine().invokePublish("a", text));
    done(engine().invokePublish("a", bytes));

    eventually(
        () -> assertThat(recorder.json()).isEqualTo(List.of(text.toString(), bytes.toString())));
  }

  @Test
  default void aSubscriberThatThrowsHarmsNobodyAndIsAnError() throws Exception {
    AGBrokerEngine engine = engine();
    StreamConsumer<BrokerEvent.Failure> errors =
        engine.listener(BrokerEvent.ERROR).createConsumer(patience());
    RuntimeException failure = new IllegalStateException("thrown on purpose");
    Recorder before = recorder(engine, "a");
    ChannelSubscriber throwing =
        message -> {
          throw failure;
        };
    done(engine.subscribe(throwing, "a"));
    Recorder after = recorder(engine, "a");

    publish(engine, "a", "one");
    publish(engine, "a", "two");

    eventually(() -> assertThat(before.json()).containsExactly("\"one\"", "\"two\""));
    eventually(() -> assertThat(after.json()).containsExactly("\"one\"", "\"two\""));
    assertThat(errors.next()).isEqualTo(new StreamItem.Value<>(new BrokerEvent.Failure(failure)));
  }

  @Test
  default void subscribersShareOneEncodingThatIsReleasedAfterTheLastOfThem() {
    List<String> happened = Collections.synchronizedList(new ArrayList<>());
    Object key = new Object();
    for (int i = 0; i < 3; i++) {
      ChannelSubscriber subscriber =
          message -> {
            SharedEncoding shared =
                message.encoding(
                    key,
                    SharedEncoding.class,
                    each -> {
                      happened.add("encoded");
                      return () -> happened.add("released");
                    });
            happened.add(shared == null ? "nothing" : "delivered");
          };
      done(engine().subscribe(subscriber, "a"));
    }

    publish(engine(), "a", "x");

    eventually(
        () ->
            assertThat(happened)
                .containsExactly("encoded", "delivered", "delivered", "delivered", "released"));
  }

  @Test
  default void aPublishIsAnEvent() throws Exception {
    StreamConsumer<BrokerEvent.Publish> published =
        engine().listener(BrokerEvent.PUBLISH).createConsumer(patience());
    Payload data = Payload.of("x");

    done(engine().invokePublish("a", data));

    assertThat(published.next())
        .isInstanceOfSatisfying(
            StreamItem.Value.class,
            item -> {
              BrokerEvent.Publish event = (BrokerEvent.Publish) item.value();
              assertThat(event.channel()).isEqualTo("a");
              assertThat(event.data()).hasToString("\"x\"");
            });
  }

  @Test
  default void theExchangeIsOneMoreSubscriber() {
    AGExchange exchange = engine().exchange();
    AtomicInteger count = new AtomicInteger();
    exchange.channel("a").consume(data -> count.incrementAndGet());
    exchange.subscribe("a");
    eventually(() -> assertThat(exchange.isSubscribed("a")).isTrue());
    Recorder recorder = recorder(engine(), "a");

    done(exchange.invokePublish("a", "one"));
    publish(engine(), "a", "two");

    eventually(() -> assertThat(count).hasValue(2));
    eventually(() -> assertThat(recorder.json()).containsExactly("\"one\"", "\"two\""));
    assertThat(engine().exchange()).isSameAs(exchange);
    exchange.unsubscribe("a");
    done(engine().unsubscribe(recorder, "a"));
    eventually(() -> assertThat(engine().isSubscribed("a")).isFalse());
  }
}
