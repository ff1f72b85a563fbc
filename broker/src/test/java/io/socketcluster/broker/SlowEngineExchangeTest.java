// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.core.ChannelState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.protocol.errors.TimeoutError;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamDemux;
import io.socketcluster.stream.StreamItem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The exchange of an engine that answers later, or says no. */
class SlowEngineExchangeTest {
  private final SlowEngine engine = new SlowEngine();
  private final AGExchange exchange = engine.exchange();
  private final AGChannel<JsonNode> news = exchange.channel("news");
  private final StreamConsumer<ChannelEvent.SubscribeStateChange> changes =
      news.listener(ChannelEvent.SUBSCRIBE_STATE_CHANGE).createConsumer();
  private final StreamConsumer<ChannelEvent.Subscribe> subscribed =
      exchange.listener(AGExchange.SUBSCRIBE).createConsumer();
  private final StreamConsumer<ChannelEvent.SubscribeFail> failed =
      exchange.listener(AGExchange.SUBSCRIBE_FAIL).createConsumer();

  /** Subscribes when it is told to. */
  private static final class SlowEngine implements AGBrokerEngine {
    private final AGSimpleBroker broker = new AGSimpleBroker();
    private final AGExchange exchange = AGExchange.of(this);
    private final Deque<CompletableFuture<Void>> asked = new ArrayDeque<>();

    @Override
    public StreamDemux<Object> listenerDemux() {
      return broker.listenerDemux();
    }

    @Override
    public boolean isReady() {
      return broker.isReady();
    }

    @Override
    public AGExchange exchange() {
      return exchange;
    }

    @Override
    public CompletableFuture<Void> subscribe(ChannelSubscriber subscriber, String channel) {
      CompletableFuture<Void> answer = new CompletableFuture<>();
      asked.add(answer);
      return answer.thenCompose(done -> broker.subscribe(subscriber, channel));
    }

    @Override
    public CompletableFuture<Void> unsubscribe(ChannelSubscriber subscriber, String channel) {
      return broker.unsubscribe(subscriber, channel);
    }

    @Override
    public CompletableFuture<Void> invokePublish(String channel, @Nullable Payload data) {
      return broker.invokePublish(channel, data);
    }

    @Override
    public void transmitPublish(String channel, @Nullable Payload data) {
      broker.transmitPublish(channel, data);
    }

    @Override
    public CompletableFuture<Void> close() {
      return broker.close();
    }

    @Override
    public Set<String> subscriptions() {
      return broker.subscriptions();
    }

    @Override
    public boolean isSubscribed(String channel) {
      return broker.isSubscribed(channel);
    }
  }

  private void assertChange(ChannelState before, ChannelState now, ChannelOptions options)
      throws Exception {
    assertThat(changes.next())
        .isEqualTo(
            new StreamItem.Value<>(
                new ChannelEvent.SubscribeStateChange("news", before, now, options)));
  }

  @Test
  void aSubscriptionIsPendingUntilTheEngineConfirmsIt() throws Exception {
    ChannelOptions options = ChannelOptions.DEFAULT.withPriority(1).withData("data");
    news.subscribe(options);
    news.subscribe();

    assertThat(engine.asked).hasSize(1);
    assertThat(news.state()).isEqualTo(ChannelState.PENDING);
    assertThat(news.options()).isEqualTo(options);
    assertThat(exchange.subscriptions()).isEmpty();
    assertThat(exchange.subscriptions(true)).containsExactly("news");
    assertThat(exchange.isSubscribed("news")).isFalse();
    assertThat(exchange.isSubscribed("news", true)).isTrue();
    assertChange(ChannelState.UNSUBSCRIBED, ChannelState.PENDING, options);
    assertThat(subscribed.getBackpressure()).isZero();

    engine.asked.remove().complete(null);

    assertThat(news.state()).isEqualTo(ChannelState.SUBSCRIBED);
    assertThat(exchange.subscriptions()).containsExactly("news");
    assertChange(ChannelState.PENDING, ChannelState.SUBSCRIBED, options);
    assertThat(subscribed.next())
        .isEqualTo(new StreamItem.Value<>(new ChannelEvent.Subscribe("news", options)));
    assertThat(failed.getBackpressure()).isZero();
  }

  @Test
  void aRefusedSubscriptionSaysWhyAndMayBeAskedForAgain() throws Exception {
    AGException why = new TimeoutError("Too late");
    news.subscribe();
    engine.asked.remove().completeExceptionally(why);

    assertThat(news.state()).isEqualTo(ChannelState.UNSUBSCRIBED);
    assertThat(exchange.subscriptions(true)).isEmpty();
    assertThat(failed.next())
        .isEqualTo(
            new StreamItem.Value<>(
                new ChannelEvent.SubscribeFail("news", why, ChannelOptions.DEFAULT)));
    assertThat(subscribed.getBackpressure()).isZero();

    news.subscribe();
    engine.asked.remove().complete(null);

    assertThat(news.state()).isEqualTo(ChannelState.SUBSCRIBED);
  }

  @Test
  void aFailureThatIsNoErrorOfTheProtocolIsABrokerError() throws Exception {
    news.subscribe();
    engine.asked.remove().completeExceptionally(new IllegalStateException("inside"));

    assertThat(failed.next())
        .isInstanceOfSatisfying(
            StreamItem.Value.class,
            item ->
                assertThat(((ChannelEvent.SubscribeFail) item.value()).error())
                    .isInstanceOf(BrokerError.class)
                    .hasRootCauseMessage("inside"));
  }

  @Test
  void anAnswerToASubscriptionThatEndedMeanwhileCountsForNothing() throws Exception {
    news.subscribe();
    CompletableFuture<Void> first = engine.asked.remove();
    news.unsubscribe();
    news.subscribe();

    first.completeExceptionally(new IllegalStateException());

    assertThat(news.state()).isEqualTo(ChannelState.PENDING);
    assertThat(failed.getBackpressure()).isZero();
    assertThat(subscribed.getBackpressure()).isZero();
    assertChange(ChannelState.UNSUBSCRIBED, ChannelState.PENDING, ChannelOptions.DEFAULT);
    assertChange(ChannelState.PENDING, ChannelState.UNSUBSCRIBED, ChannelOptions.DEFAULT);
  }

  @Test
  void theBackpressureOfTheExchangeIsThatOfItsSlowestConsumer() {
    assertThat(exchange.getBackpressure()).isZero();
    news.subscribe();
    engine.asked.remove().complete(null);
    assertThat(exchange.getAllListenersBackpressure()).isEqualTo(1);
    assertThat(exchange.getBackpressure()).isEqualTo(2); // of the state changes

    news.createConsumer();
    for (int i = 0; i < 3; i++) {
      news.transmitPublish(i);
    }

    assertThat(exchange.getAllChannelsBackpressure()).isEqualTo(3);
    assertThat(exchange.getBackpressure()).isEqualTo(3);
  }
}
