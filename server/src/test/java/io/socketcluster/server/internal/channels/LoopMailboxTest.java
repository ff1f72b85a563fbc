// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.internal.channels.LoopChannel.Delivery;
import io.socketcluster.server.internal.events.TestLines;
import io.socketcluster.server.internal.middleware.ActionLines;
import io.socketcluster.server.internal.outbound.SharedFrame;
import io.socketcluster.server.internal.transport.WebSocketFormat;
import io.socketcluster.server.internal.turn.LoopTurns;
import io.socketcluster.server.internal.wire.WaitingRule;
import io.socketcluster.server.spi.WireFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopMailboxTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<String> done = new ArrayList<>();
  private final List<String> delivered = new ArrayList<>();
  private final LoopMailbox mailbox =
      new LoopMailbox(
          channel.eventLoop(), new LoopTurns((task, nanos) -> {}, () -> 0), new Deliveries());

  private final class Deliveries implements ServerObserver {
    @Override
    public void publishDelivered(String name, int sockets, int bytes) {
      delivered.add(name);
    }
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  /** Its channel has no lines, which it asks first. */
  private static Delivery failing() {
    return delivery("a", null);
  }

  @SuppressWarnings("NullAway") // it posts nothing itself
  private static Delivery delivery(String channel, @Nullable ActionLines lines) {
    JsonCodec codec = new JsonCodec();
    WireFormat format = new WebSocketFormat(false);
    LoopChannel nowhere =
        new LoopChannel(new ChannelKey(channel, format, false, false), codec, null, lines);
    SharedFrame frame =
        SharedFrame.of(new ChannelMessage(channel, null), codec, format, WaitingRule.PUBLISH);
    return new Delivery(nowhere, frame, null, null);
  }

  @Test
  void whatComesAfterNothingComesAtOnce() {
    mailbox.afterDeliveries(() -> done.add("answer"));

    assertThat(done).containsExactly("answer");
  }

  @Test
  void aDeliveryBehindOneThatFailsIsMadeAndReleased() {
    Delivery next = delivery("b", new TestLines(AGServerOptions.DEFAULT).ofLoop());
    mailbox.post(failing());
    mailbox.post(next);

    assertThatThrownBy(mailbox::deliverPending).isInstanceOf(NullPointerException.class);

    assertThat(delivered).containsExactly("b");
    assertThat(next.frame().frame().refCnt()).isZero();
  }

  @Test
  void answersComeInTheirOrderEvenWhenADeliveryFails() {
    mailbox.post(failing());
    mailbox.afterDeliveries(() -> done.add("first"));
    mailbox.afterDeliveries(() -> done.add("second"));
    assertThat(done).isEmpty();

    assertThatThrownBy(mailbox::deliverPending).isInstanceOf(NullPointerException.class);

    assertThat(done).containsExactly("first", "second");
  }
}
