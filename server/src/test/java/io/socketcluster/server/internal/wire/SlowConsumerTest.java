// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.socketcluster.server.SlowConsumerPolicy;
import org.junit.jupiter.api.Test;

class SlowConsumerTest {
  private static final int LIMIT = 10;

  private final MemoryWire wire = new MemoryWire(new EmbeddedChannel().eventLoop());

  /** Has so many bytes, of which some can be dropped one by one. */
  private static final class Bytes implements SlowConsumer.Backlog {
    private int all;
    private int droppable;

    Bytes(int all, int droppable) {
      this.all = all;
      this.droppable = droppable;
    }

    @Override
    public boolean wouldExceed(int more) {
      return all + more > LIMIT;
    }

    @Override
    public void dropOldest(int more) {
      while (wouldExceed(more) && droppable > 0) {
        droppable--;
        all--;
      }
    }
  }

  private boolean hasRoom(SlowConsumerPolicy policy, Bytes backlog, int size, boolean isPublish) {
    return SlowConsumer.makeRoom(policy, backlog, size, isPublish, wire);
  }

  @Test
  void disconnectDropsNothing() {
    Bytes backlog = new Bytes(LIMIT, LIMIT);

    assertThat(hasRoom(SlowConsumerPolicy.DISCONNECT, backlog, 1, true)).isFalse();
    assertThat(backlog.all).isEqualTo(LIMIT);
    assertThat(wire.losses()).containsExactly("overflow");
  }

  @Test
  void theNewestPublishIsDroppedBeforeAnOlderOne() {
    Bytes backlog = new Bytes(LIMIT, LIMIT);

    assertThat(hasRoom(SlowConsumerPolicy.DROP_NEWEST, backlog, 3, true)).isFalse();
    assertThat(backlog.all).isEqualTo(LIMIT);
    assertThat(wire.losses()).containsExactly("dropped 3");
  }

  @Test
  void anAnswerTakesThePlaceOfOlderPublishes() {
    for (SlowConsumerPolicy policy :
        new SlowConsumerPolicy[] {SlowConsumerPolicy.DROP_NEWEST, SlowConsumerPolicy.DROP_OLDEST}) {
      Bytes backlog = new Bytes(LIMIT, 4);

      assertThat(hasRoom(policy, backlog, 3, false)).isTrue();
      assertThat(backlog.all).isEqualTo(LIMIT - 3);
    }
    assertThat(wire.losses()).isEmpty();
  }

  @Test
  void whatFitsNotEvenThenOverflows() {
    assertThat(hasRoom(SlowConsumerPolicy.DROP_OLDEST, new Bytes(LIMIT, 2), 3, true)).isFalse();
    assertThat(wire.losses()).containsExactly("overflow");
  }
}
