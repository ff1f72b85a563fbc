// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.ClientEvent;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.core.ChannelState;
import io.socketcluster.stream.StreamConsumer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of a subscription: refused, ended by either side, taken up again. */
abstract class SubscriptionCases extends ClientCases {
  SubscriptionCases(CaseServer.Starter starter) {
    super(starter);
  }

  private static void subscribe(AGClientSocket client, String channel, int priority) {
    client.subscribe(channel, ChannelOptions.DEFAULT.withPriority(priority), JsonNode.class);
  }

  @Test
  void aSubscriptionThatTheServerRefusesHasFailedAndIsForgotten() throws InterruptedException {
    AGClientSocket client = create();

    AGChannel<JsonNode> channel = client.subscribe("refused/1");
    ChannelEvent.SubscribeFail event = channel.listener(ChannelEvent.SUBSCRIBE_FAIL).once(PATIENCE);

    assertThat(event.error()).hasToString("ForbiddenError: No refused/1 for you");
    assertThat(channel.state()).isEqualTo(ChannelState.UNSUBSCRIBED);
    assertThat(client.subscriptions(true)).isEmpty();
  }

  @Test
  void whoIsKickedOutIsToldWhyAndStaysOut() throws InterruptedException {
    AGClientSocket client = idle();
    AGChannel<JsonNode> channel = client.subscribe("foo");
    EventLog log =
        new EventLog()
            .of(channel, ChannelEvent.SUBSCRIBE, ChannelEvent.KICK_OUT, ChannelEvent.UNSUBSCRIBE)
            .of(client, AGClientSocket.KICK_OUT, AGClientSocket.UNSUBSCRIBE);
    client.connect();
    log.await("foo/subscribe", 1);

    client.call("kickMe", Map.of("channel", "foo"));
    log.await(AGClientSocket.UNSUBSCRIBE, 1);
    client.reconnect();
    roundTrip(client);

    assertThat(log.names())
        .containsExactly(
            "foo/subscribe", "kickOut", "foo/kickOut", "foo/unsubscribe", "unsubscribe");
    assertThat(log.of(ClientEvent.KickOut.class, ClientEvent.KickOut::message))
        .containsExactly("You asked for it");
    assertThat(client.subscriptions(true)).isEmpty();
  }

  @Test
  void channelsAreTakenUpByTheirPriorityAndThenByTheirAge() throws InterruptedException {
    AGClientSocket client = idle();
    EventLog log = new EventLog().of(client, AGClientSocket.SUBSCRIBE);
    subscribe(client, "low", -1);
    client.subscribe("first");
    subscribe(client, "high", 5);
    client.subscribe("second");
    subscribe(client, "highest", 10);

    client.connect();
    log.await(AGClientSocket.SUBSCRIBE, 5);
    client.reconnect();
    log.await(AGClientSocket.SUBSCRIBE, 10);

    assertThat(log.of(ChannelEvent.Subscribe.class, ChannelEvent.Subscribe::channel))
        .containsExactly(
            "highest", "high", "first", "second", "low", "highest", "high", "first", "second",
            "low");
  }

  @Test
  void aPrefixIsWrittenBeforeTheNamesOnTheServerOnly() throws InterruptedException {
    AGClientSocket client = create(options().channelPrefix("app/"));
    AGChannel<JsonNode> news = client.subscribe("news");
    assertThat(news.listener(ChannelEvent.SUBSCRIBE).once(PATIENCE).channel()).isEqualTo("news");
    AGClientSocket other = create();
    AGChannel<JsonNode> sameNews = other.subscribe("app/news");
    sameNews.listener(ChannelEvent.SUBSCRIBE).once(PATIENCE);
    StreamConsumer<JsonNode> received = news.createConsumer(PATIENCE);
    StreamConsumer<JsonNode> receivedByOther = sameNews.createConsumer(PATIENCE);

    get(other.invokePublish("app/news", 1));
    get(client.invokePublish("news", 2));

    assertThat(take(received).intValue()).isEqualTo(1);
    assertThat(take(received).intValue()).isEqualTo(2);
    assertThat(take(receivedByOther).intValue()).isEqualTo(1);
    assertThat(take(receivedByOther).intValue()).isEqualTo(2);
  }

  @Test
  void whoHasUnsubscribedReceivesNothingMore() throws InterruptedException {
    AGClientSocket client = create();
    AGChannel<JsonNode> channel = client.subscribe("foo");
    channel.listener(ChannelEvent.SUBSCRIBE).once(PATIENCE);
    EventLog log = new EventLog();
    channel.consume(message -> log.add("message", message), Runnable::run);

    channel.unsubscribe();
    assertThat(channel.state()).isEqualTo(ChannelState.UNSUBSCRIBED);
    get(client.invokePublish("foo", "too late"));
    roundTrip(client);

    assertThat(log.names()).isEmpty();
  }
}
