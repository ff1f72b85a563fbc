// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.ConsumerStats;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamDemux;
import io.socketcluster.stream.StreamItem;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The management of the streams of channels: of one, of one through the family, of all. */
class ChannelStreamsTest {
  private static final String SUBSCRIBE = ChannelEvent.SUBSCRIBE.name();
  private static final String UNSUBSCRIBE = ChannelEvent.UNSUBSCRIBE.name();

  private final Channels channels = new Channels();
  private final AGChannel<Payload> news = channels.channel("news", Payload.class);
  private final AGChannel<Payload> sub = channels.channel("news/sub", Payload.class);
  private final StreamConsumer<Payload> output = news.createConsumer();
  private final StreamConsumer<Payload> subOutput = sub.createConsumer();
  private final StreamConsumer<ChannelEvent.Subscribe> subscribed =
      news.listener(ChannelEvent.SUBSCRIBE).createConsumer();
  private final StreamConsumer<ChannelEvent.Unsubscribe> unsubscribed =
      news.listener(ChannelEvent.UNSUBSCRIBE).createConsumer();
  private final StreamConsumer<ChannelEvent.Subscribe> subSubscribed =
      sub.listener(ChannelEvent.SUBSCRIBE).createConsumer();
  private final List<StreamConsumer<?>> all =
      List.of(output, subOutput, subscribed, unsubscribed, subSubscribed);

  /** Channels without anything behind them. */
  private static final class Channels implements ChannelFamily {
    private final StreamDemux<Payload> data = new StreamDemux<>();
    private final StreamDemux<Object> events = new StreamDemux<>();
    private @Nullable ChannelOptions options;

    @Override
    public StreamDemux<Payload> channelDataDemux() {
      return data;
    }

    @Override
    public StreamDemux<Object> channelEventDemux() {
      return events;
    }

    @Override
    public <T> AGChannel<T> subscribe(String channel, ChannelOptions asked, Class<T> type) {
      options = asked;
      return channel(channel, type);
    }

    @Override
    public void unsubscribe(String channelName) {}

    @Override
    public void transmitPublish(String channelName, @Nullable Object value) {}

    @Override
    public CompletableFuture<Void> invokePublish(String channelName, @Nullable Object value) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public ChannelState getChannelState(String channelName) {
      return ChannelState.PENDING;
    }

    @Override
    public ChannelOptions getChannelOptions(String channelName) {
      return options == null ? ChannelOptions.DEFAULT : options;
    }

    @Override
    public Set<String> subscriptions(boolean includePending) {
      return Set.of();
    }
  }

  /** Something that ends consumers: all of those that are named, and no other. */
  record Ending(
      String name, Consumer<ChannelStreamsTest> action, boolean kills, List<Integer> ends) {
    @Override
    public String toString() {
      return name;
    }
  }

  // 0 output, 1 output of the other, 2 subscribe, 3 unsubscribe, 4 subscribe of the other
  static List<Ending> endings() {
    return List.of(
        new Ending("close", t -> t.news.close(), false, List.of(0, 2, 3)),
        new Ending("closeOutput", t -> t.news.closeOutput(), false, List.of(0)),
        new Ending("closeListener", t -> t.news.closeListener(SUBSCRIBE), false, List.of(2)),
        new Ending("closeAllListeners", t -> t.news.closeAllListeners(), false, List.of(2, 3)),
        new Ending("kill", t -> t.news.kill(), true, List.of(0, 2, 3)),
        new Ending("killOutput", t -> t.news.killOutput(), true, List.of(0)),
        new Ending("killListener", t -> t.news.killListener(UNSUBSCRIBE), true, List.of(3)),
        new Ending("killAllListeners", t -> t.news.killAllListeners(), true, List.of(2, 3)),
        new Ending("closeChannel", t -> t.channels.closeChannel("news"), false, List.of(0, 2, 3)),
        new Ending("killChannel", t -> t.channels.killChannel("news"), true, List.of(0, 2, 3)),
        new Ending(
            "closeAllChannels", t -> t.channels.closeAllChannels(), false, List.of(0, 1, 2, 3, 4)),
        new Ending(
            "closeAllChannelOutputs",
            t -> t.channels.closeAllChannelOutputs(),
            false,
            List.of(0, 1)),
        new Ending(
            "closeAllChannelListeners",
            t -> t.channels.closeAllChannelListeners(),
            false,
            List.of(2, 3, 4)),
        new Ending(
            "killAllChannels", t -> t.channels.killAllChannels(), true, List.of(0, 1, 2, 3, 4)),
        new Ending(
            "killAllChannelOutputs", t -> t.channels.killAllChannelOutputs(), true, List.of(0, 1)),
        new Ending(
            "killAllChannelListeners",
            t -> t.channels.killAllChannelListeners(),
            true,
            List.of(2, 3, 4)),
        new Ending(
            "killOutputConsumer", t -> t.news.killOutputConsumer(t.output.id()), true, List.of(0)),
        new Ending(
            "killOutputConsumer of another",
            t -> t.news.killOutputConsumer(t.subOutput.id()),
            true,
            List.of()),
        new Ending(
            "killListenerConsumer",
            t -> t.news.killListenerConsumer(t.subscribed.id()),
            true,
            List.of(2)),
        new Ending(
            "killListenerConsumer of another",
            t -> t.news.killListenerConsumer(t.subSubscribed.id()),
            true,
            List.of()),
        new Ending(
            "killChannelOutputConsumer",
            t -> t.channels.killChannelOutputConsumer(t.subOutput.id()),
            true,
            List.of(1)),
        new Ending(
            "killChannelListenerConsumer",
            t -> t.channels.killChannelListenerConsumer(t.subSubscribed.id()),
            true,
            List.of(4)));
  }

  private void writeOneForEach() {
    channels.data.write("news", Payload.of(1));
    channels.data.write("news/sub", Payload.of(2));
    channels.emitChannelEvent(ChannelEvent.SUBSCRIBE, new ChannelEvent.Subscribe("news"));
    channels.emitChannelEvent(ChannelEvent.UNSUBSCRIBE, new ChannelEvent.Unsubscribe("news"));
    channels.emitChannelEvent(ChannelEvent.SUBSCRIBE, new ChannelEvent.Subscribe("news/sub"));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void endsTheConsumersThatItIsAboutAndNoOther(Ending ending) throws Exception {
    writeOneForEach();

    ending.action().accept(this);
    writeOneForEach();

    for (int i = 0; i < all.size(); i++) {
      StreamConsumer<?> consumer = all.get(i);
      boolean ends = ending.ends().contains(i);
      if (!ends || !ending.kills()) {
        assertThat(consumer.next()).as("backlog of %s", i).isInstanceOf(StreamItem.Value.class);
      }
      assertThat(consumer.next())
          .as("end of %s", i)
          .isInstanceOf(ends ? StreamItem.End.class : StreamItem.Value.class);
    }
  }

  @Test
  void backpressureIsThatOfTheSlowestConsumer() {
    writeOneForEach();
    channels.data.write("news/sub", Payload.of(3));
    for (int i = 0; i < 4; i++) {
      channels.emitChannelEvent(ChannelEvent.UNSUBSCRIBE, new ChannelEvent.Unsubscribe("news"));
    }

    assertThat(news.getOutputBackpressure()).isEqualTo(1);
    assertThat(news.getListenerBackpressure(SUBSCRIBE)).isEqualTo(1);
    assertThat(news.getListenerBackpressure(UNSUBSCRIBE)).isEqualTo(5);
    assertThat(news.getListenerBackpressure("unknown")).isZero();
    assertThat(news.getAllListenersBackpressure()).isEqualTo(5);
    assertThat(news.getBackpressure()).isEqualTo(5);
    assertThat(sub.getBackpressure()).isEqualTo(2);
    assertThat(channels.getChannelBackpressure("news/sub")).isEqualTo(2);
    assertThat(channels.getAllChannelOutputsBackpressure()).isEqualTo(2);
    assertThat(channels.getAllChannelListenersBackpressure()).isEqualTo(5);
    assertThat(channels.getAllChannelsBackpressure()).isEqualTo(5);
    assertThat(news.getOutputConsumerBackpressure(output.id())).isEqualTo(1);
    assertThat(news.getOutputConsumerBackpressure(subOutput.id())).isZero();
    assertThat(news.getListenerConsumerBackpressure(unsubscribed.id())).isEqualTo(5);
    assertThat(news.getListenerConsumerBackpressure(subSubscribed.id())).isZero();
    assertThat(channels.getChannelOutputConsumerBackpressure(subOutput.id())).isEqualTo(2);
    assertThat(channels.getChannelListenerConsumerBackpressure(subSubscribed.id())).isEqualTo(1);
  }

  @Test
  void consumersAreListedWhereTheyBelong() {
    assertThat(ids(news.getOutputConsumerStatsList())).containsExactly(output.id());
    assertThat(ids(news.getListenerConsumerStatsList(SUBSCRIBE))).containsExactly(subscribed.id());
    assertThat(ids(news.getAllListenersConsumerStatsList()))
        .containsExactlyInAnyOrder(subscribed.id(), unsubscribed.id());
    assertThat(ids(channels.getAllChannelOutputsConsumerStatsList()))
        .containsExactlyInAnyOrder(output.id(), subOutput.id());
    assertThat(ids(channels.getAllChannelListenersConsumerStatsList()))
        .containsExactlyInAnyOrder(subscribed.id(), unsubscribed.id(), subSubscribed.id());
    assertThat(ids(channels.channelGetOutputConsumerStatsList("news/sub")))
        .containsExactly(subOutput.id());
    assertThat(news.getOutputConsumerStats(output.id())).isNotNull();
    assertThat(news.getOutputConsumerStats(subOutput.id())).isNull();
    assertThat(news.getListenerConsumerStats(subscribed.id())).isNotNull();
    assertThat(news.getListenerConsumerStats(subSubscribed.id())).isNull();
    assertThat(channels.getChannelOutputConsumerStats(subOutput.id())).isNotNull();
    assertThat(channels.getChannelListenerConsumerStats(subSubscribed.id())).isNotNull();
  }

  @Test
  void aConsumerIsFoundWhereItBelongs() {
    assertThat(news.hasOutputConsumer(output.id())).isTrue();
    assertThat(news.hasOutputConsumer(subOutput.id())).isFalse();
    assertThat(news.hasListenerConsumer(SUBSCRIBE, subscribed.id())).isTrue();
    assertThat(news.hasListenerConsumer(UNSUBSCRIBE, subscribed.id())).isFalse();
    assertThat(news.hasAnyListenerConsumer(unsubscribed.id())).isTrue();
    assertThat(news.hasAnyListenerConsumer(subSubscribed.id())).isFalse();
    assertThat(channels.hasAnyChannelOutputConsumer(subOutput.id())).isTrue();
    assertThat(channels.hasAnyChannelOutputConsumer(-1)).isFalse();
    assertThat(channels.hasAnyChannelListenerConsumer(subSubscribed.id())).isTrue();
    assertThat(channels.hasAnyChannelListenerConsumer(-1)).isFalse();
  }

  @Test
  void aChannelShowsTheOptionsItWasSubscribedWith() {
    ChannelOptions options =
        ChannelOptions.DEFAULT.withWaitForAuth().withPriority(5).withData("data");
    assertThat(news.options()).isEqualTo(ChannelOptions.DEFAULT);

    news.subscribe(options);

    assertThat(news.options()).isEqualTo(options);
    assertThat(news.isSubscribed()).isFalse();
    assertThat(news.isSubscribed(true)).isTrue();
  }

  private static List<Long> ids(List<ConsumerStats> stats) {
    return stats.stream().map(ConsumerStats::id).toList();
  }
}
