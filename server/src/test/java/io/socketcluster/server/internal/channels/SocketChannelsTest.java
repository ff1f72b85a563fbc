// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoop;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.internal.history.ServerChannels;
import io.socketcluster.server.internal.outbound.TestOutput;
import io.socketcluster.server.internal.turn.LoopTurns;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class SocketChannelsTest {
  private static final String PUBLISHED =
      "{\"event\":\"#publish\",\"data\":{\"channel\":\"a\",\"data\":1}}";

  private final TestOutput output = new TestOutput(AGEndpoint.of("/"));
  private final AGSimpleBroker broker = new AGSimpleBroker();
  private final LoopChannels ofLoop = ofLoop();
  private final SocketChannels channels =
      new SocketChannels(
          ofLoop, output.order(), output.writer(), output.account(), output.recorded().events());
  private final List<@Nullable Throwable> results = new ArrayList<>();

  private LoopChannels ofLoop() {
    EventLoop loop = output.wire().eventLoop();
    LoopMailbox mailbox =
        new LoopMailbox(loop, new LoopTurns((task, nanos) -> {}, () -> 0), ServerObserver.NONE);
    AGServerOptions options = AGServerOptions.builder().socketChannelLimit(2).build();
    return new LoopChannels(
        loop,
        new ServerChannels(broker, false, failure -> {}),
        mailbox,
        output.middleware().ofLoop(),
        options);
  }

  private void subscribe(String channel) {
    channels.add(
        channel,
        failure -> {
          results.add(failure);
          channels.confirm(channel, JsonNodeFactory.instance::objectNode);
        });
  }

  @Test
  void withoutPoliciesNobodyLooksIntoTheDataOfASubscription() {
    byte[] unreadable = "{\"recover\":".getBytes(UTF_8);
    channels.add("a", Payload.ofJson(unreadable, 0, unreadable.length), results::add);
    assertThat(results).hasSize(1).containsOnlyNulls();
  }

  @AfterEach
  void close() {
    channels.removeAll(() -> {});
    output.close();
  }

  @Test
  void aSubscriberIsSentWhatIsPublished() {
    subscribe("a");
    broker.transmitPublish("a", Payload.of(1));
    broker.transmitPublish("b", Payload.of(2));

    assertThat(output.sent()).containsExactly(PUBLISHED);
    assertThat(output.recorded().names()).containsExactly("subscribe");
  }

  @Test
  void subscribingAgainChangesNothing() {
    subscribe("a");
    subscribe("a");
    broker.transmitPublish("a", Payload.of(1));

    assertThat(output.sent()).containsExactly(PUBLISHED);
    assertThat(output.recorded().names()).as("told once").containsExactly("subscribe");
  }

  @Test
  void whatSubscriptionsAndTheirGrantsKeepIsCounted() {
    subscribe("a");
    subscribe("b");
    long plain = channels.heldBytes();
    assertThat(plain).isPositive();

    Grant grant =
        Grant.of(true, Payload.of("x".repeat(1000)), JsonNodeFactory.instance.objectNode());
    channels.grant("a", grant);
    assertThat(channels.heldBytes()).isEqualTo(plain + grant.heldBytes());
    channels.grant("a", Grant.PLAIN);
    assertThat(channels.heldBytes()).isEqualTo(plain);
    channels.grant("a", grant);
    channels.remove("a");
    assertThat(channels.heldBytes()).isEqualTo(plain / 2);
    channels.remove("b");
    assertThat(channels.heldBytes()).isZero();
  }

  @Test
  void thereAreNoMoreThanTheLimit() {
    subscribe("a");
    subscribe("b");
    subscribe("c");

    assertThat(results.getLast())
        .isInstanceOf(InvalidActionError.class)
        .hasMessage("Socket socket-id tried to exceed the channel subscription limit of 2");
    assertThat(channels.names()).containsExactly("a", "b");
  }

  @Test
  void whatWasPublishedBeforeTheEndIsStillSent() {
    subscribe("a");
    broker.transmitPublish("a", Payload.of(1));
    channels.remove("a");
    broker.transmitPublish("a", Payload.of(2));

    assertThat(output.sent()).containsExactly(PUBLISHED);
    assertThat(output.recorded().names()).containsExactly("subscribe", "unsubscribe");
    assertThatThrownBy(() -> channels.remove("a")).hasMessageContaining("not subscribed to");
  }

  @Test
  void thePublisherHasItsMessageBeforeTheAnswer() {
    subscribe("a");
    channels.publish("a", Payload.of(1), failure -> output.writer().transmit("done", null));

    assertThat(output.sent()).containsExactly(PUBLISHED, "{\"event\":\"done\"}");
  }

  @Test
  void aSocketThatIsKickedOutIsToldWhy() {
    subscribe("a");
    channels.kickOut("a", "why");

    assertThat(output.sent())
        .containsExactly(
            "{\"event\":\"#kickOut\",\"data\":{\"channel\":\"a\",\"message\":\"why\"}}");
    assertThat(channels.contains("a")).isFalse();
  }
}
