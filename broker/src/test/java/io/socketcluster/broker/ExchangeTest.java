// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExchangeTest {
  private final AGSimpleBroker broker = new AGSimpleBroker();
  private final AGExchange exchange = broker.exchange();

  record Price(String item, int cents) {}

  @Test
  void whatIsPublishedToASubscribedChannelCanBeConsumed() {
    Queue<String> received = new ConcurrentLinkedQueue<>();
    AGChannel<JsonNode> news = exchange.subscribe("news");
    news.consume(data -> received.add(data.toString()));

    exchange.transmitPublish("news", "one");
    assertThat(exchange.invokePublish("news", List.of(2))).isCompleted();
    broker.transmitPublish("news", Payload.of(3));

    await().untilAsserted(() -> assertThat(received).containsExactly("\"one\"", "[2]", "3"));
  }

  @Test
  void messagesAreBoundToTheTypeThatWasAskedFor() throws Exception {
    StreamConsumer<Price> prices = exchange.subscribe("prices", Price.class).createConsumer();

    exchange.transmitPublish("prices", "no price");
    exchange.transmitPublish("prices", new Price("tea", 250));

    assertThat(prices.next()).isEqualTo(new StreamItem.Value<>(new Price("tea", 250)));
  }

  @Test
  void aPublishWithoutDataIsConsumedAsNull() throws Exception {
    StreamConsumer<JsonNode> news = exchange.subscribe("news").createConsumer();

    broker.transmitPublish("news", null);

    assertThat(news.next())
        .isInstanceOfSatisfying(
            StreamItem.Value.class, item -> assertThat(item.value()).hasToString("null"));
  }

  @Test
  void subscribingShowsInStateEventsAndBroker() throws Exception {
    StreamConsumer<ChannelEvent.Subscribe> events =
        exchange.listener(AGExchange.SUBSCRIBE).createConsumer();
    StreamConsumer<ChannelEvent.Unsubscribe> left =
        exchange.channel("news").listener(ChannelEvent.UNSUBSCRIBE).createConsumer();

    AGChannel<JsonNode> news = exchange.subscribe("news");
    exchange.subscribe("news");

    assertThat(news.state()).isEqualTo(ChannelState.SUBSCRIBED);
    assertThat(exchange.subscriptions()).containsExactly("news");
    assertThat(broker.isSubscribed("news")).isTrue();
    assertThat(events.next()).isEqualTo(new StreamItem.Value<>(new ChannelEvent.Subscribe("news")));
    assertThat(events.getBackpressure()).isZero();

    news.unsubscribe();
    news.unsubscribe();

    assertThat(news.state()).isEqualTo(ChannelState.UNSUBSCRIBED);
    assertThat(broker.subscriptions()).isEmpty();
    assertThat(left.next()).isEqualTo(new StreamItem.Value<>(new ChannelEvent.Unsubscribe("news")));
    assertThat(left.getBackpressure()).isZero();
  }

  @Test
  void withoutASubscriptionNothingArrives() {
    StreamConsumer<JsonNode> news = exchange.channel("news").createConsumer();

    exchange.transmitPublish("news", 1);

    assertThat(news.getBackpressure()).isZero();
  }

  @Test
  void concurrentSubscribeAndUnsubscribeLeaveOneStateInExchangeAndBroker() throws Exception {
    for (int round = 0; round < 300; round++) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        boolean subscribes = i % 2 == 0;
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      if (subscribes) {
                        exchange.subscribe("news");
                      } else {
                        exchange.unsubscribe("news");
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(broker.isSubscribed("news")).isEqualTo(exchange.isSubscribed("news"));
    }
  }
}
