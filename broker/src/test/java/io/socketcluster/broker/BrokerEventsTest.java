// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem;
import org.junit.jupiter.api.Test;

class BrokerEventsTest {
  private final AGSimpleBroker broker = new AGSimpleBroker();
  private final ChannelSubscriber first = message -> {};
  private final ChannelSubscriber second = message -> assertThat(message.channel()).isNotNull();

  @Test
  void onlyTheFirstSubscriberAndTheLastToLeaveAreEvents() throws Exception {
    StreamConsumer<BrokerEvent.Subscribe> subscribed =
        broker.listener(BrokerEvent.SUBSCRIBE).createConsumer();
    StreamConsumer<BrokerEvent.Unsubscribe> unsubscribed =
        broker.listener(BrokerEvent.UNSUBSCRIBE).createConsumer();

    broker.subscribe(first, "news");
    broker.subscribe(second, "news");
    broker.unsubscribe(first, "news");
    assertThat(broker.isSubscribed("news")).isTrue();
    assertThat(unsubscribed.getBackpressure()).isZero();
    broker.unsubscribe(second, "news");

    assertThat(subscribed.next())
        .isEqualTo(new StreamItem.Value<>(new BrokerEvent.Subscribe("news")));
    assertThat(subscribed.getBackpressure()).isZero();
    assertThat(unsubscribed.next())
        .isEqualTo(new StreamItem.Value<>(new BrokerEvent.Unsubscribe("news")));
    assertThat(broker.isSubscribed("news")).isFalse();
  }

  @Test
  void whoIsNotSubscribedLeavesNobodyBehind() {
    broker.subscribe(first, "news");

    broker.unsubscribe(second, "news");
    broker.unsubscribe(second, "unknown");

    assertThat(broker.subscriptions()).containsExactly("news");
  }

  @Test
  void everyPublishIsAnEventWithAndWithoutSubscribers() throws Exception {
    StreamConsumer<BrokerEvent.Publish> published =
        broker.listener(BrokerEvent.PUBLISH).createConsumer();
    Payload data = Payload.of("hello");

    broker.transmitPublish("nobody", data);
    broker.subscribe(first, "news");
    broker.transmitPublish("news", null);

    assertThat(published.next())
        .isEqualTo(new StreamItem.Value<>(new BrokerEvent.Publish("nobody", data)));
    assertThat(published.next())
        .isEqualTo(new StreamItem.Value<>(new BrokerEvent.Publish("news", null)));
  }
}
