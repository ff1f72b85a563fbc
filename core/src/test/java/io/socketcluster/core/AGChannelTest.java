// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamDemux;
import io.socketcluster.stream.StreamItem;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AGChannelTest {
  private final Channels channels = new Channels();

  record Chat(String text) {}

  /** Channels without anything behind them: what is published comes back. */
  private static final class Channels implements ChannelFamily {
    private final StreamDemux<Payload> data = new StreamDemux<>();
    private final StreamDemux<Object> events = new StreamDemux<>();

    @Override
    public StreamDemux<Payload> channelDataDemux() {
      return data;
    }

    @Override
    public StreamDemux<Object> channelEventDemux() {
      return events;
    }

    @Override
    public <T> AGChannel<T> subscribe(String channelName, ChannelOptions options, Class<T> type) {
      emitChannelEvent(ChannelEvent.SUBSCRIBE, new ChannelEvent.Subscribe(channelName));
      return channel(channelName, type);
    }

    @Override
    public void unsubscribe(String channelName) {
      emitChannelEvent(ChannelEvent.UNSUBSCRIBE, new ChannelEvent.Unsubscribe(channelName));
    }

    @Override
    public void transmitPublish(String channelName, @Nullable Object value) {
      data.write(channelName, Payload.of(value));
    }

    @Override
    public CompletableFuture<Void> invokePublish(String channelName, @Nullable Object value) {
      transmitPublish(channelName, value);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public ChannelState getChannelState(String channelName) {
      return channelName.equals("pending") ? ChannelState.PENDING : ChannelState.UNSUBSCRIBED;
    }

    @Override
    public ChannelOptions getChannelOptions(String channelName) {
      return ChannelOptions.DEFAULT;
    }

    @Override
    public Set<String> subscriptions(boolean includePending) {
      return Set.of();
    }
  }

  @Test
  void messagesAreBoundAndThoseOfAnotherFormAreLeftOut() throws Exception {
    AGChannel<Chat> chat = channels.channel("chat", Chat.class);
    StreamConsumer<Chat> consumer = chat.createConsumer();

    chat.transmitPublish("no object");
    chat.transmitPublish(null);
    chat.transmitPublish(Map.of("text", "hello"));

    assertThat(consumer.next()).isEqualTo(new StreamItem.Value<>(new Chat("hello")));
  }

  @Test
  void messagesOfOtherChannelsAreNotSeen() throws Exception {
    StreamConsumer<Payload> consumer = channels.channel("a", Payload.class).createConsumer();

    channels.transmitPublish("b", 1);
    channels.transmitPublish("a", 2);

    assertThat(consumer.getBackpressure()).isEqualTo(1);
    assertThat(consumer.next())
        .isInstanceOfSatisfying(
            StreamItem.Value.class, item -> assertThat(item.value()).hasToString("2"));
  }

  @Test
  void eventsBelongToOneChannelEvenIfTheNamesLookAlike() throws Exception {
    StreamConsumer<ChannelEvent.Subscribe> events =
        channels.channel("a/subscribe").listener(ChannelEvent.SUBSCRIBE).createConsumer();

    channels.subscribe("a");
    channels.subscribe("a/subscribe");

    assertThat(events.next())
        .isEqualTo(new StreamItem.Value<>(new ChannelEvent.Subscribe("a/subscribe")));
    assertThat(events.getBackpressure()).isZero();
  }

  @Test
  void closingAChannelEndsItsMessagesAndItsEvents() throws Exception {
    AGChannel<Payload> channel = channels.channel("a", Payload.class);
    StreamConsumer<Payload> messages = channel.createConsumer();
    StreamConsumer<ChannelEvent.KickOut> events =
        channel.listener(ChannelEvent.KICK_OUT).createConsumer();

    channel.close();

    assertThat(messages.next()).isInstanceOf(StreamItem.End.class);
    assertThat(events.next()).isInstanceOf(StreamItem.End.class);
  }

  @Test
  void aPendingChannelCountsAsSubscribedOnlyWhenAskedFor() {
    assertThat(channels.isSubscribed("pending")).isFalse();
    assertThat(channels.isSubscribed("pending", true)).isTrue();
    assertThat(channels.isSubscribed("unknown", true)).isFalse();
  }
}
