// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.internal.channels.LoopChannel.Delivery;
import io.socketcluster.server.internal.outbound.SharedFrame;
import io.socketcluster.server.internal.transport.WebSocketFormat;
import io.socketcluster.server.internal.turn.LoopTurns;
import io.socketcluster.server.internal.wire.WaitingRule;
import io.socketcluster.server.spi.WireFormat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopMailboxTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final LoopMailbox mailbox =
      new LoopMailbox(
          channel.eventLoop(), new LoopTurns((task, nanos) -> {}, () -> 0), ServerObserver.NONE);
  private final List<String> done = new ArrayList<>();

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  /** Its channel has no lines, which it asks first. */
  @SuppressWarnings("NullAway")
  private static Delivery failing() {
    JsonCodec codec = new JsonCodec();
    WireFormat format = new WebSocketFormat(false);
    LoopChannel nowhere = new LoopChannel("a", codec, format, null, null);
    SharedFrame frame =
        SharedFrame.of(new ChannelMessage("a", null), codec, format, WaitingRule.PUBLISH);
    return new Delivery(nowhere, frame, null);
  }

  @Test
  void whatComesAfterNothingComesAtOnce() {
    mailbox.afterDeliveries(() -> done.add("answer"));

    assertThat(done).containsExactly("answer");
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
