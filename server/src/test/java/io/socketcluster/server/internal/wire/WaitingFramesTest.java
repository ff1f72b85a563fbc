// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
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
    waiting.add(frame("a"), DROPPABLE);
    waiting.add(frame("b"), KEPT);
    waiting.add(frame("c"), DROPPABLE);

    assertThat(waiting.count()).isEqualTo(3);
    assertThat(waiting.bytes()).isEqualTo(3);
    assertThat(takeAll()).containsExactly("a", "b", "c");
    assertThat(waiting.isEmpty()).isTrue();
  }

  @Test
  void smallFramesCostMoreThanTheirBytes() {
    int frames = 0;
    while (!waiting.wouldExceed(1)) {
      waiting.add(frame("x"), KEPT);
      frames++;
    }

    assertThat(frames).isBetween(5, LIMIT / 10);
    waiting.releaseAll();
  }

  @Test
  void theOldestPublishesMakeRoomAndNothingElseDoes() {
    ByteBuf oldest = frame("p".repeat(300));
    waiting.add(oldest, DROPPABLE);
    waiting.add(frame("k".repeat(300)), KEPT);
    waiting.add(frame("q".repeat(100)), DROPPABLE);

    waiting.dropOldest(300);

    assertThat(wire.losses()).containsExactly("dropped 300");
    assertThat(oldest.refCnt()).isZero();
    waiting.dropOldest(LIMIT);
    assertThat(takeAll()).containsExactly("k".repeat(300));
  }

  @Test
  void aFrameThatOthersWaitForTooCountsInPart() {
    ByteBuf shared = frame("s".repeat(500)).retain(4);
    waiting.add(shared, DROPPABLE);

    assertThat(waiting.heldBytes()).isBetween(100L, 200L);
    waiting.releaseAll();
    assertThat(shared.refCnt()).isEqualTo(4);
    shared.release(4);
  }
}
