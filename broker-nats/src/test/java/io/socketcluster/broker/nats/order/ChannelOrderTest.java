// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.history.HistoryPosition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelOrderTest {
  private final List<Long> passed = new ArrayList<>();
  private final WaitingRoom room = new WaitingRoom();
  private final ChannelOrder order =
      new ChannelOrder(each -> passed.add(each.position().offset()), room);

  private Received receive(long offset, long previous) {
    Received received =
        new Received(
            new ClusterMessage("room", null), new HistoryPosition("epoch", offset, previous));
    order.received(received);
    return received;
  }

  @Test
  void theEndOfAnEarlierWaitEndsNoLaterOne() {
    receive(1, 0);
    Received early = receive(3, 2);
    receive(2, 1);
    receive(5, 4);
    order.giveUp(early);
    assertThat(passed).containsExactly(1L, 2L, 3L);
    receive(4, 3);
    assertThat(passed).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void aMessageThatIsNotWaitedForAnyMoreTakesThoseBeforeItAlong() {
    receive(1, 0);
    receive(3, 2);
    Received late = receive(6, 5);
    receive(9, 8);
    receive(7, 6);
    order.giveUp(late);
    assertThat(passed).containsExactly(1L, 3L, 6L, 7L);
  }

  @Test
  void theRoomIsEmptyWhenNobodyWaits() {
    receive(1, 0);
    receive(3, 2);
    receive(2, 1);
    receive(9, 8);
    order.clear();
    for (int i = 0; i < WaitingRoom.MOST_MESSAGES; i++) {
      assertThat(room.isFull()).isFalse();
      receive(20 + i, 19 + i); // 20 waits, and all behind it
    }
    assertThat(room.isFull()).isTrue();
  }
}
