// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.stream.ConsumerStats;
import io.socketcluster.stream.Consumption;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem;
import io.socketcluster.stream.StreamTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What can be known of the consumers of a client's streams, and done to them. */
abstract class StreamCases extends ClientCases {
  StreamCases(CaseServer.Starter starter) {
    super(starter);
  }

  private static void emitKickOuts(AGClientSocket client, String channel, int count) {
    IntStream.range(0, count)
        .forEach(
            i ->
                client.emitChannelEvent(
                    ChannelEvent.KICK_OUT, new ChannelEvent.KickOut(channel, "event " + i)));
  }

  @Test
  void waitingForAnEventEndsAfterItsTime() {
    AGClientSocket client = create();

    assertThatThrownBy(
            () -> client.listener(AGClientSocket.AUTH_STATE_CHANGE).once(Duration.ofMillis(100)))
        .isInstanceOf(StreamTimeoutException.class);
  }

  @Test
  void allStreamsAreClosedTogether() {
    AGClientSocket client = create();
    List<Consumption> consumptions =
        List.of(
            client.listener(AGClientSocket.CONNECT).consume(event -> {}),
            client.receiver("news").consume(data -> {}),
            client.procedure("ask").consume(request -> request.end()),
            client.channel("room").consume(message -> {}));

    client.closeAllStreams();

    consumptions.forEach(
        each ->
            assertThat(each.ended().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(60)));
  }

  @Test
  void aChannelKnowsTheConsumersOfItsListenersAndNoOthers() {
    AGClientSocket client = create();
    AGChannel<JsonNode> foo = client.channel("foo");
    foo.listener(ChannelEvent.SUBSCRIBE).consume(event -> {});
    foo.listener(ChannelEvent.SUBSCRIBE).consume(event -> {});
    foo.listener(ChannelEvent.SUBSCRIBE_FAIL).consume(event -> {});
    foo.listener(ChannelEvent.KICK_OUT).consume(event -> {});
    client.channel("bar").listener(ChannelEvent.SUBSCRIBE).consume(event -> {});

    List<ConsumerStats> ofFoo = client.channelGetAllListenersConsumerStatsList("foo");
    assertThat(ofFoo).extracting(ConsumerStats::id).containsExactly(1L, 2L, 3L, 4L);
    assertThat(ofFoo)
        .extracting(ConsumerStats::stream)
        .containsExactly("foo/subscribe", "foo/subscribe", "foo/subscribeFail", "foo/kickOut");
    assertThat(client.channelGetAllListenersConsumerStatsList("bar"))
        .singleElement()
        .satisfies(
            stats -> {
              assertThat(stats.id()).isEqualTo(5);
              assertThat(stats.stream()).isEqualTo("bar/subscribe");
            });
    assertThat(client.channelHasAnyListenerConsumer("foo", 1)).isTrue();
    assertThat(client.channelHasAnyListenerConsumer("foo", 4)).isTrue();
    assertThat(client.channelHasAnyListenerConsumer("foo", 5)).isFalse();
    assertThat(client.channelHasAnyListenerConsumer("bar", 5)).isTrue();
  }

  @Test
  void theBackpressureOfAChannelIsWhatItsSlowestListenerHasNotTaken() throws InterruptedException {
    AGClientSocket client = create();
    StreamConsumer<ChannelEvent.KickOut> ofFoo =
        client.channel("foo").listener(ChannelEvent.KICK_OUT).createConsumer(PATIENCE);
    StreamConsumer<ChannelEvent.KickOut> ofBar =
        client.channel("bar").listener(ChannelEvent.KICK_OUT).createConsumer(PATIENCE);

    emitKickOuts(client, "foo", 20);
    emitKickOuts(client, "bar", 2);
    client.channelCloseListener("foo", "kickOut");

    for (int left = 20; left > 0; left--) {
      assertThat(take(ofFoo).message()).isEqualTo("event " + (20 - left));
      assertThat(client.channelGetAllListenersBackpressure("foo")).isEqualTo(left);
      assertThat(client.channelGetAllListenersBackpressure("bar")).isEqualTo(2);
    }
    assertThat(ofFoo.next()).isEqualTo(new StreamItem.End<>(null));
    take(ofBar);
    assertThat(client.channelGetAllListenersBackpressure("bar")).isEqualTo(1);
    take(ofBar);
    assertThat(client.channelGetAllListenersBackpressure("foo")).isZero();
    assertThat(client.channelGetAllListenersBackpressure("bar")).isZero();
  }

  @Test
  void aChannelIsKilledAtOnceAndClosedAfterItsBacklogAndItsBackpressureSaysSo()
      throws InterruptedException {
    AGClientSocket client = connected();
    AGChannel<JsonNode> foo = client.channel("foo");
    AGChannel<JsonNode> bar = client.subscribe("bar");
    bar.listener(ChannelEvent.SUBSCRIBE).once(PATIENCE);
    StreamConsumer<JsonNode> messages = bar.createConsumer(PATIENCE);
    StreamConsumer<ChannelEvent.KickOut> fooEvents =
        foo.listener(ChannelEvent.KICK_OUT).createConsumer(PATIENCE);
    StreamConsumer<ChannelEvent.KickOut> barEvents =
        bar.listener(ChannelEvent.KICK_OUT).createConsumer(PATIENCE);

    emitKickOuts(client, "foo", 20);
    emitKickOuts(client, "bar", 5);
    assertThat(client.getChannelBackpressure("bar")).isEqualTo(5);
    client.killChannel("foo");
    assertThat(fooEvents.next()).isEqualTo(new StreamItem.End<>(null));

    IntStream.range(0, 50).forEach(i -> bar.transmitPublish("hello" + i));
    awaitThat(() -> messages.getBackpressure() == 50);
    for (int left = 49; left >= 0; left--) {
      assertThat(take(messages).stringValue()).isEqualTo("hello" + (49 - left));
      assertThat(client.getChannelBackpressure("bar")).isEqualTo(Math.max(left, 5));
      assertThat(bar.getBackpressure()).isEqualTo(Math.max(left, 5));
      assertThat(client.getAllChannelsBackpressure()).isEqualTo(Math.max(left, 5));
    }
    for (int i = 0; i < 5; i++) {
      assertThat(take(barEvents).message()).isEqualTo("event " + i);
    }
    assertThat(client.getChannelBackpressure("bar")).isZero();

    client.closeChannel("bar");
    assertThat(client.getChannelBackpressure("bar")).isEqualTo(1);
    assertThat(messages.next()).isEqualTo(new StreamItem.End<>(null));
    assertThat(barEvents.next()).isEqualTo(new StreamItem.End<>(null));
    assertThat(client.getChannelBackpressure("bar")).isZero();
    assertThat(client.channelGetAllListenersConsumerStatsList("bar")).isEmpty();
    assertThat(client.channelGetAllListenersBackpressure("foo")).isZero();
  }
}
