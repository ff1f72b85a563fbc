// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits in a channel's buffer leaves in batches, and stays until it is acknowledged. */
class OutboxTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final ChannelOutboundBuffer buffer =
      Objects.requireNonNull(channel.unsafe().outboundBuffer());
  private final Outbox outbox = new Outbox();

  @AfterEach
  void close() {
    channel.close();
  }

  private void add(ByteBuf message) {
    buffer.addMessage(message, message.readableBytes(), channel.newPromise());
    buffer.addFlush();
  }

  private void add(String... messages) {
    for (String message : messages) {
      add(Unpooled.copiedBuffer(message, UTF_8));
    }
  }

  private List<String> next() {
    Outbox.Batch batch = outbox.next(buffer);
    List<String> texts = batch.messages().stream().map(each -> each.toString(UTF_8)).toList();
    batch.messages().forEach(ByteBuf::release);
    return texts;
  }

  @Test
  void messagesThatNobodyAcknowledgesLeaveTheBuffer() {
    add("a", "", "b");
    assertThat(next()).containsExactly("a", "b");
    assertThat(buffer.totalPendingWriteBytes()).isZero();
    assertThat(next()).isEmpty();
  }

  @Test
  void messagesStayUntilTheyAreAcknowledged() {
    outbox.awaitAcknowledgements();
    add("a", "b");
    assertThat(next()).containsExactly("a", "b");
    assertThat(next()).isEmpty();
    long waiting = buffer.totalPendingWriteBytes();
    assertThat(outbox.acknowledge(1, buffer)).isTrue();
    assertThat(buffer.totalPendingWriteBytes()).isEqualTo(waiting / 2);
    add("c");
    assertThat(outbox.next(buffer))
        .satisfies(
            batch -> {
              assertThat(batch.first()).isEqualTo(3);
              batch.messages().forEach(ByteBuf::release);
            });
  }

  @Test
  void theNextCarrierIsGivenWhatIsNotAcknowledged() {
    outbox.awaitAcknowledgements();
    add("a", "b", "c");
    next();
    outbox.acknowledge(1, buffer);
    outbox.rewind();
    add("d");
    assertThat(next()).containsExactly("b", "c", "d");
  }

  @Test
  void whatWasNotSentCannotBeAcknowledged() {
    outbox.awaitAcknowledgements();
    add("a");
    assertThat(outbox.acknowledge(1, buffer)).isFalse();
    next();
    assertThat(outbox.acknowledge(2, buffer)).isFalse();
    assertThat(outbox.acknowledge(1, buffer)).isTrue();
    assertThat(outbox.acknowledge(0, buffer)).as("an older one, late").isTrue();
  }

  @Test
  void aBatchEndsAtTheLastFrameOfTheSocket() {
    outbox.awaitAcknowledgements();
    add("a");
    add(CloseMark.of(UnpooledByteBufAllocator.DEFAULT, 4000, "why"));
    Outbox.Batch batch = outbox.next(buffer);
    assertThat(batch.messages()).hasSize(1);
    assertThat(CloseMark.codeOf(Objects.requireNonNull(batch.mark()))).isEqualTo(4000);
    batch.messages().forEach(ByteBuf::release);
    batch.mark().release();
  }

  @Test
  void aBatchHasAboutSixtyFourKilobytes() {
    outbox.awaitAcknowledgements();
    add("x".repeat(40_000), "y".repeat(40_000), "z".repeat(40_000));
    assertThat(next()).hasSize(2);
    assertThat(next()).hasSize(1);
  }
}
