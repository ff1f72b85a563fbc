// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SlowConsumerPolicy;
import io.socketcluster.server.internal.transport.WebSocketFormat;
import io.socketcluster.websocket.FrameWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelWireTest {
  private static final int LIMIT = 1024;

  private final EmbeddedChannel channel = new EmbeddedChannel();

  /** Its event loop flushes only when a turn ends; that of the channel would after every write. */
  private final EmbeddedChannel turn = new EmbeddedChannel();

  private final RecordingListener listener = new RecordingListener();
  private ChannelWire wire = connect(SlowConsumerPolicy.DISCONNECT);

  private ChannelWire connect(SlowConsumerPolicy policy) {
    AGServerOptions options =
        AGServerOptions.builder().outboundBufferLimit(LIMIT).slowConsumerPolicy(policy).build();
    while (channel.pipeline().first() != null) {
      channel.pipeline().removeFirst();
    }
    Forwarder forwarder = new Forwarder();
    channel.pipeline().addLast(forwarder);
    ChannelHandlerContext ctx = channel.pipeline().context(forwarder);
    ChannelWire made =
        new ChannelWire(
            ctx, new LoopFlusher(turn.eventLoop()), options, new WebSocketFormat(false));
    made.bind(listener);
    wire = made;
    return made;
  }

  private final class Forwarder extends ChannelInboundHandlerAdapter {
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      wire.onWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      wire.onInactive();
    }
  }

  @AfterEach
  void nothingIsLeftBehind() {
    turn.runPendingTasks();
    turn.finishAndReleaseAll();
    channel.close();
    channel.runPendingTasks();
    assertThat(channel.finish()).isFalse();
    assertThat(wire.pendingFrames()).isZero();
  }

  private void setWritable(boolean writable) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    Objects.requireNonNull(buffer, "closed").setUserDefinedWritability(1, writable);
    channel.runPendingTasks();
  }

  private void send(String message) {
    wire.send(message.getBytes(UTF_8));
  }

  private ByteBuf publish(String message) {
    return publish(message, WaitingRule.PUBLISH);
  }

  private ByteBuf publish(String message, WaitingRule rule) {
    ByteBuf frame = FrameWriter.SERVER.message(channel.alloc(), message.getBytes(UTF_8), false);
    wire.sendPublish(frame, rule);
    return frame;
  }

  /** Returns what left, without the header of two bytes; a close frame as its code. */
  private List<String> sent() {
    turn.runPendingTasks();
    channel.runPendingTasks();
    List<String> sent = new ArrayList<>();
    ByteBuf frame = channel.readOutbound();
    while (frame != null) {
      byte[] bytes = ByteBufUtil.getBytes(frame);
      boolean closes = bytes[0] == (byte) 0x88;
      sent.add(
          closes
              ? "close " + (bytes.length < 4 ? 1005 : frame.getUnsignedShort(2))
              : new String(bytes, 2, bytes.length - 2, UTF_8));
      frame.release();
      frame = channel.readOutbound();
    }
    return sent;
  }

  @Test
  void whatIsSentInOneTurnLeavesWithOneFlush() {
    send("a");
    send("b");
    assertThat(channel.outboundMessages()).isEmpty();

    assertThat(sent()).containsExactly("a", "b");
  }

  private boolean sendTogether(String frames) {
    ByteBuf shared = channel.alloc().directBuffer();
    shared.writeBytes(frames.getBytes(UTF_8));
    try {
      return wire.sendTogether(shared, WaitingRule.PUBLISH);
    } finally {
      assertThat(shared.readableBytes()).as("others send it, too").isEqualTo(frames.length());
      shared.release();
    }
  }

  @Test
  void whatIsSentTogetherHasItsPlaceBetweenTheOthers() {
    send("a");
    assertThat(sendTogether("..bb..cc")).isTrue();
    send("d");

    assertThat(sent()).containsExactly("a", "bb..cc", "d");
  }

  @Test
  void nothingIsSentTogetherWhenEachMayHaveToBeDropped() {
    setWritable(false);
    assertThat(sendTogether("..aa..bb")).isFalse();
    publish("c");
    setWritable(true);

    assertThat(sent()).containsExactly("c");
  }

  @Test
  void aClosingSocketTakesNothingMore() {
    wire.close(4000, "");
    assertThat(sendTogether("..aa..bb")).isTrue();

    assertThat(sent()).containsExactly("close 4000");
  }

  @Test
  void whatWasSentBeforeTheClientClosedLeavesBeforeTheAnswerToThat() {
    send("a");
    wire.answerClose(1000);

    assertThat(sent()).containsExactly("a", "close 1000");
  }

  @Test
  void whatWaitsKeepsItsOrderAndIsCounted() {
    setWritable(false);
    send("a");
    publish("bb");
    wire.sendPing();
    assertThat(sent()).isEmpty();
    assertThat(wire.pendingFrames()).isEqualTo(3);
    assertThat(wire.pendingBytes()).isEqualTo(3 + 4 + 2);

    setWritable(true);
    send("c");

    assertThat(sent()).containsExactly("a", "bb", "", "c");
    assertThat(wire.pendingBytes()).isZero();
  }

  @Test
  void muchInOneTurnIsNoSlowReader() {
    String text = "x".repeat(100);
    for (int i = 0; i < 5_000; i++) {
      publish(text);
    }
    channel.runPendingTasks();

    assertThat(listener.told).isEmpty();
    assertThat(sent()).hasSize(5_000);
  }

  @Test
  void pastTheLimitTheSocketIsToldOnceAndInALaterTurn() {
    setWritable(false);
    for (int i = 0; i < 20; i++) {
      publish("x".repeat(100));
    }
    assertThat(listener.told).isEmpty();
    assertThat(wire.pendingBytes()).isLessThanOrEqualTo(LIMIT);

    channel.runPendingTasks();
    assertThat(listener.told).containsExactly("overflow");
    wire.close(4010, "too slow");

    assertThat(sent()).as("what waited is dropped").containsExactly("close 4010");
  }

  @Test
  void droppingTheOldestKeepsAnswersAndTheNewestPublishes() {
    connect(SlowConsumerPolicy.DROP_OLDEST);
    setWritable(false);
    send("answer");
    for (int i = 0; i < 30; i++) {
      publish(i + "-" + "x".repeat(100));
    }
    assertThat(wire.pendingBytes()).isLessThanOrEqualTo(LIMIT);
    setWritable(true);

    List<String> sent = sent();
    assertThat(sent.getFirst()).isEqualTo("answer");
    assertThat(sent.getLast()).startsWith("29-");
    assertThat(sent.get(1)).startsWith((30 - (sent.size() - 1)) + "-");
    assertThat(listener.told).doesNotContain("overflow");
  }

  @Test
  void droppingTheNewestKeepsWhatWasThere() {
    connect(SlowConsumerPolicy.DROP_NEWEST);
    setWritable(false);
    for (int i = 0; i < 30; i++) {
      publish(i + "-" + "x".repeat(100));
    }
    send("answer");
    setWritable(true);

    List<String> sent = sent();
    assertThat(sent.getLast()).isEqualTo("answer");
    assertThat(sent).hasSizeBetween(5, 8);
    assertThat(listener.told).doesNotContain("overflow");
  }

  @Test
  void whatIsDroppedIsTold() {
    for (SlowConsumerPolicy policy :
        List.of(SlowConsumerPolicy.DROP_OLDEST, SlowConsumerPolicy.DROP_NEWEST)) {
      connect(policy);
      listener.told.clear();
      setWritable(false);
      for (int i = 0; i < 30; i++) {
        publish("x".repeat(100));
      }
      int dropped = 30 - wire.pendingFrames();

      assertThat(dropped).isPositive();
      assertThat(listener.told).hasSize(dropped).containsOnly("dropped 102");
      setWritable(true);
      sent();
    }
  }

  @Test
  void manySmallFramesCostMoreThanTheirBytes() {
    setWritable(false);
    for (int i = 0; i < LIMIT; i++) {
      publish("x");
    }

    assertThat(wire.pendingBytes()).isLessThan(LIMIT / 10);
    channel.runPendingTasks();
    assertThat(listener.told).containsExactly("overflow");
    wire.close(4010, "too slow");
    sent();
  }

  @Test
  void droppingDoesNotChangeTheOrderOfTheRest() {
    connect(SlowConsumerPolicy.DROP_OLDEST);
    setWritable(false);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      publish("p" + i);
      if (i % 20 == 0) {
        send("a" + i);
      }
    }
    setWritable(true);

    List<String> sent = sent();
    for (int i = 0; i < 100; i++) {
      if (sent.contains("p" + i)) {
        expected.add("p" + i);
      }
      if (i % 20 == 0) {
        expected.add("a" + i);
      }
    }
    assertThat(sent).hasSizeLessThan(20).containsExactlyElementsOf(expected);
  }

  @Test
  void whatAChannelMayLoseMakesRoomForWhatIsNotDropped() {
    WaitingRule losing = WaitingRule.of(SlowConsumerPolicy.DROP_OLDEST);
    setWritable(false);
    for (int i = 0; i < 30; i++) {
      publish(i + "-" + "x".repeat(100), losing);
    }
    publish("kept-" + "x".repeat(100));
    send("answer");
    setWritable(true);

    List<String> sent = sent();
    assertThat(sent.get(sent.size() - 3)).startsWith("29-");
    assertThat(sent.get(sent.size() - 2)).startsWith("kept-");
    assertThat(sent.getLast()).isEqualTo("answer");
    assertThat(listener.told).doesNotContain("overflow");
  }

  @Test
  void whatAChannelMayNotLoseIsNotDroppedForOthers() {
    connect(SlowConsumerPolicy.DROP_OLDEST);
    WaitingRule kept = WaitingRule.of(SlowConsumerPolicy.DISCONNECT);
    setWritable(false);
    publish("order 1", kept);
    publish("order 2", kept);
    for (int i = 0; i < 30; i++) {
      publish(i + "-" + "x".repeat(100));
    }
    assertThat(listener.told).contains("dropped 104").doesNotContain("dropped 9");
    while (!listener.told.contains("overflow")) {
      publish("order" + "x".repeat(100), kept);
      channel.runPendingTasks();
    }
    wire.onInactive();
    setWritable(true);
  }

  @Test
  void ofPublishesWithOneKeyTheNewestWaitsInThePlaceOfTheFirst() {
    setWritable(false);
    for (int i = 1; i <= 1_000; i++) {
      publish("a" + i, about("a"));
      publish("b" + i, about("b"));
    }
    send("answer");
    channel.runPendingTasks();
    assertThat(wire.pendingFrames()).isEqualTo(3);
    setWritable(true);

    assertThat(sent()).containsExactly("a1000", "b1000", "answer");
    assertThat(listener.told).doesNotContain("overflow").hasSize(2 * 999);
    publish("a1", about("a"));
    publish("a2", about("a"));
    assertThat(sent()).as("nothing has to wait").containsExactly("a1", "a2");
  }

  private static WaitingRule about(String key) {
    return WaitingRule.PUBLISH.withKey(() -> new WaitingRule.Key("prices", key));
  }

  @Test
  void answersThatDoNotFitDisconnectWhateverThePolicy() {
    for (SlowConsumerPolicy policy : SlowConsumerPolicy.values()) {
      connect(policy);
      listener.told.clear();
      setWritable(false);
      for (int i = 0; i < 30; i++) {
        send("x".repeat(100));
      }
      channel.runPendingTasks();
      assertThat(listener.told).as(policy.name()).containsExactly("overflow");
      wire.onInactive();
      setWritable(true);
    }
  }

  @Test
  void aFrameBiggerThanTheLimitIsNotKept() {
    connect(SlowConsumerPolicy.DROP_OLDEST);
    setWritable(false);
    publish("small");
    ByteBuf big = publish("x".repeat(2 * LIMIT));

    assertThat(big.refCnt()).isZero();
    channel.runPendingTasks();
    assertThat(listener.told).containsExactly("dropped 7", "overflow");
  }

  @Test
  void aCloseFrameFollowsWhatWaitsAndNothingFollowsIt() {
    setWritable(false);
    send("a");
    publish("b");

    wire.close(1000, null);
    send("late");
    ByteBuf late = publish("late");
    wire.sendPing();
    wire.sendFrame(FrameWriter.SERVER.pong(channel.alloc(), new byte[0]));
    wire.close(4001, "again");

    assertThat(late.refCnt()).isZero();
    assertThat(sent()).containsExactly("a", "b", "close 1000");
  }

  @Test
  void theCloseOfThePeerIsAnsweredWithItsCodeAndEndsTheConnection() {
    setWritable(false);
    ByteBuf waiting = publish("a");

    wire.answerClose(4321);

    assertThat(waiting.refCnt()).isZero();
    assertThat(sent()).containsExactly("close 4321");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aPeerThatAnswersTheCloseIsDisconnected() {
    wire.close(1000, null);
    assertThat(sent()).containsExactly("close 1000");
    assertThat(channel.isOpen()).isTrue();

    wire.answerClose(1000);

    assertThat(sent()).isEmpty();
    assertThat(channel.isOpen()).isFalse();
  }

  private boolean isOpenAfter(int millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    return channel.isOpen();
  }

  @Test
  void aPeerThatNeverAnswersTheCloseIsDisconnectedASecondAfterItHasLeft() {
    channel.freezeTime();
    wire.close(1000, null);
    sent();

    assertThat(isOpenAfter(ClosingTime.ANSWER_MILLIS - 1)).isTrue();
    assertThat(isOpenAfter(2)).isFalse();
  }

  @Test
  void ofAConnectionThatClosesNotMuchIsRead() {
    wire.close(1000, null);
    sent();
    wire.onRead(ClosingTime.READ_LIMIT);
    assertThat(channel.config().isAutoRead()).isTrue();

    wire.onRead(1);

    assertThat(channel.config().isAutoRead()).isFalse();
  }

  @Test
  void terminatingReleasesWhatWaits() {
    setWritable(false);
    ByteBuf waiting = publish("a");

    wire.terminate();

    assertThat(waiting.refCnt()).isZero();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void pongsCarryWhatThePingHad() {
    wire.sendFrame(FrameWriter.SERVER.pong(channel.alloc(), "are you there".getBytes(UTF_8)));

    assertThat(sent()).containsExactly("are you there");
  }
}
