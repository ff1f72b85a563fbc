// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGExchange;
import io.socketcluster.testkit.RawClient;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The server as a subscriber of its own channels. */
class ExchangeSubscriptionsTest {
  @Test
  void whatAClientPublishesReachesTheSubscriptionAndTheChannelOfTheExchange() {
    Queue<String> bySubscription = new ConcurrentLinkedQueue<>();
    Queue<String> byChannel = new ConcurrentLinkedQueue<>();
    try (TestServer test = TestServer.start()) {
      AGExchange exchange = test.server().exchange();
      exchange.subscribe("foo", String.class).consume(bySubscription::add);
      exchange.channel("foo", String.class).consume(byChannel::add);
      await().until(() -> exchange.isSubscribed("foo"));
      assertThat(exchange.subscriptions()).containsExactly("foo");
      RawClient client = test.open();

      client.transmit("#publish", Map.of("channel", "foo", "data", "hi1"));
      client.transmit("#publish", Map.of("channel", "foo", "data", "hi2"));

      await().until(() -> bySubscription.size() == 2 && byChannel.size() == 2);
      assertThat(bySubscription).containsExactly("hi1", "hi2");
      assertThat(byChannel).containsExactly("hi1", "hi2");
    }
  }
}
