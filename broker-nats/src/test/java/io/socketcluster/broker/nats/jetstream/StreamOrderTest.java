// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.history.HistoryPosition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class StreamOrderTest {
  private final List<Long> received = new CopyOnWriteArrayList<>();
  private final StreamOrder order =
      new StreamOrder((message, position) -> received.add(position.offset()));

  private void receive(long offset, long previous) {
    order.received(
        new ClusterMessage("room", null), new HistoryPosition("epoch", offset, previous));
  }

  @Test
  void whatComesTooEarlyWaitsForTheOneBefore() {
    receive(3, 1);
    receive(9, 7);
    receive(7, 5);
    receive(5, 3);
    receive(11, 9);
    assertThat(received).containsExactly(3L, 5L, 7L, 9L, 11L);
  }

  @Test
  void whatDoesNotComeIsNotWaitedForLong() {
    receive(3, 1);
    receive(9, 7);
    receive(10, 9);
    await().atMost(Duration.ofSeconds(40)).until(() -> received.size() == 3);
    receive(11, 10);
    receive(7, 3);
    assertThat(received).containsExactly(3L, 9L, 10L, 11L, 7L);
  }

  @Test
  void anotherEpochDoesNotWait() {
    receive(30, 1);
    order.received(new ClusterMessage("room", null), new HistoryPosition("other", 5, 4));
    assertThat(received).containsExactly(30L, 5L);
  }

  @Test
  void nobodyWaitsForAChannelThatIsForgotten() {
    List<String> answers = new CopyOnWriteArrayList<>();
    receive(3, 1);
    receive(9, 7);
    order.whenNoneWaits(() -> answers.add("answer"));
    assertThat(answers).isEmpty();
    order.forget(List.of("room"));
    assertThat(answers).containsExactly("answer");
    assertThat(received).containsExactly(3L);
  }
}
