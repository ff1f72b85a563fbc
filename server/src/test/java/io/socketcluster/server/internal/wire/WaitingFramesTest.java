// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitingFramesTest {
  private static final int LIMIT = 1000;
  private static final boolean DROPPABLE = true;
  private static final boolean KEPT = false;

  private final MemoryWire wire = new MemoryWire(new EmbeddedChannel().eventLoop());
  private final WaitingFrames waiting = new WaitingFrames(LIMIT, wire);

  private static ByteBuf frame(String text) {
    return Unpooled.copiedBuffer(text, UTF_8);
  }

  private void add(ByteBuf frame, boolean isDroppable) {
    waiting.add(frame, isDroppable ? WaitingRule.PUBLISH : WaitingRule.OWN, isDroppable);
  }

  private static WaitingRule about(String key) {
    return WaitingRule.PUBLISH.withKey(() -> new WaitingRule.Key("prices", key));
  }

  private List<String> takeAll() {
    List<String> taken = new ArrayList<>();
    ByteBuf next = waiting.poll();
    while (next != null) {
      taken.add(next.toString(UTF_8));
      next.release();
      next = waiting.poll();
    }
    return taken;
  }

  @Test
  void framesLeaveInTheOrderInWhichTheyCame() {
    add(frame("a"), DROPPABLE);
    add(frame("b"), KEPT);
    add(frame("c"), DROPPABLE);

    assertThat(waiting.count()).isEqualTo(3);
    assertThat(waiting.bytes()).isEqualTo(3);
    assertThat(takeAll()).containsExactly("a", "b", "c");
    assertThat(waiting.isEmpty()).isTrue();
  }

  @Test
  void smallFramesCostMoreThanTheirBytes() {
    int frames = 0;
    while (!waiting.wouldExceed(1)) {
      add(frame("x"), KEPT);
      frames++;
    }

    assertThat(frames).isBetween(5, LIMIT / 10);
    waiting.releaseAll();
  }

  @Test
  void theOldestPublishesMakeRoomAndNothingElseDoes() {
    ByteBuf oldest = frame("p".repeat(300));
    add(oldest, DROPPABLE);
    add(frame("k".repeat(300)), KEPT);
    add(frame("q".repeat(100)), DROPPABLE);

    waiting.dropOldest(300);

    assertThat(wire.losses()).containsExactly("dropped 300");
    assertThat(oldest.refCnt()).isZero();
    waiting.dropOldest(LIMIT);
    assertThat(takeAll()).containsExactly("k".repeat(300));
  }

  @Test
  void aFrameThatOthersWaitForTooCountsInPart() {
    ByteBuf shared = frame("s".repeat(500)).retain(4);
    add(shared, DROPPABLE);

    assertThat(waiting.heldBytes()).isBetween(100L, 200L);
    waiting.releaseAll();
    assertThat(shared.refCnt()).isEqualTo(4);
    shared.release(4);
  }

  @Test
  void aNewerPublishTakesThePlaceOfTheOneWithItsKey() {
    waiting.add(frame("a1"), about("a"), DROPPABLE);
    waiting.add(frame("b1"), about("b"), KEPT);
    add(frame("answer"), KEPT);

    assertThat(waiting.replace(frame("b22"), about("b"))).isTrue();
    assertThat(waiting.replace(frame("a22"), about("a"))).isTrue();

    assertThat(waiting.count()).isEqualTo(3);
    assertThat(waiting.bytes()).isEqualTo(3 + 3 + 6);
    assertThat(wire.losses()).containsExactly("dropped 2", "dropped 2");
    assertThat(takeAll()).containsExactly("a22", "b22", "answer");
    assertThat(waiting.heldBytes()).isZero();
  }

  @Test
  void whatHasLeftIsNotReplaced() {
    waiting.add(frame("a"), about("a"), DROPPABLE);
    waiting.add(frame("b"), about("b"), DROPPABLE);
    waiting.dropOldest(LIMIT);
    ByteBuf late = frame("late");
    assertThat(waiting.replace(late, about("a"))).isFalse();
    assertThat(waiting.replace(late, about("c"))).isFalse();
    assertThat(waiting.replace(late, WaitingRule.PUBLISH)).isFalse();
    assertThat(late.release()).isTrue();
  }

  @Test
  void aKeyIsAskedForOnceAndTheRuleIsLeft() {
    AtomicInteger asked = new AtomicInteger();
    WaitingRule rule =
        WaitingRule.PUBLISH.withKey(
            () -> new WaitingRule.Key("prices", "a" + asked.incrementAndGet()));
    waiting.add(frame("a1"), rule, DROPPABLE);
    assertThat(waiting.replace(frame("a2"), about("a1"))).isTrue();
    assertThat(takeAll()).containsExactly("a2");
    assertThat(asked).hasValue(1);
    assertThat(waiting.wouldExceed(LIMIT - 64)).as("the key has left, too").isFalse();
  }

  @Test
  void theSharesAreThoseOfTheFramesThatHaveWaitedLongest() {
    for (int i = 0; i < 16; i++) {
      add(frame("own"), KEPT);
    }
    ByteBuf shared = frame("s".repeat(500)).retain();
    long before = waiting.heldBytes();
    waiting.add(shared, WaitingRule.KEPT, KEPT);
    assertThat(waiting.heldBytes()).isEqualTo(before + 500 + 64);
    waiting.releaseAll();
    assertThat(shared.release()).isTrue();
  }

  @Test
  void aLargerPublishReplacesNothingAboveTheLimit() {
    waiting.add(frame("a"), about("a"), DROPPABLE);
    ByteBuf large = frame("x".repeat(LIMIT));
    assertThat(waiting.replace(large, about("a"))).isFalse();
    assertThat(large.release()).isTrue();
    assertThat(takeAll()).containsExactly("a");
  }

  @Test
  void keysTakeMemory() {
    int frames = 0;
    while (!waiting.wouldExceed(1)) {
      waiting.add(frame("x"), about("key " + frames++), KEPT);
    }
    assertThat(frames).isLessThan(LIMIT / 200);
    waiting.releaseAll();
    assertThat(waiting.heldBytes()).isZero();
  }
}
