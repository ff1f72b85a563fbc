// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.cluster.ConnectionEvents;
import io.socketcluster.broker.history.HistoryPosition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class StreamOrderTest {
  private static final long REFUSED = 13;

  private final List<Long> received = new CopyOnWriteArrayList<>();
  private final List<Throwable> losses = new CopyOnWriteArrayList<>();
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final StreamOrder order = new StreamOrder(new Subscribers());

  private final class Subscribers implements ConnectionEvents {
    @Override
    public void received(ClusterMessage message) {
      throw new AssertionError("a message without its position");
    }

    @Override
    public void received(ClusterMessage message, HistoryPosition position) {
      if (position.offset() == REFUSED) {
        throw new IllegalStateException("expected");
      }
      received.add(position.offset());
    }

    @Override
    public void receivedForeign() {}

    @Override
    public void dropped(String reason) {}

    @Override
    public void lost(Throwable reason) {
      losses.add(reason);
    }
  }

  private void receive(long offset, long previous) {
    receive("room", offset, previous);
  }

  private void receive(String channel, long offset, long previous) {
    order.received(
        new ClusterMessage(channel, null), new HistoryPosition("epoch", offset, previous));
  }

  private void awaitReceived(int count) {
    await().atMost(Duration.ofSeconds(40)).until(() -> received.size() == count);
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
    awaitReceived(3);
    receive(11, 10);
    receive(7, 3);
    assertThat(received).containsExactly(3L, 9L, 10L, 11L, 7L);
  }

  @Test
  void anotherEpochDoesNotWaitAndEndsTheWaitsOfTheOneBefore() {
    receive(30, 1);
    receive(40, 35);
    order.received(new ClusterMessage("room", null), new HistoryPosition("other", 5, 4));
    assertThat(received).containsExactly(30L, 40L, 5L);
  }

  @Test
  void anAnswerWaitsForTheMessagesOfItsOwnChannelOnly() {
    receive(3, 1);
    receive(9, 7);
    order.whenNoneWaits("room", () -> answers.add("room"));
    order.whenNoneWaits("other", () -> answers.add("other"));
    assertThat(answers).containsExactly("other");
    receive(7, 3);
    assertThat(answers).containsExactly("other", "room");
  }

  @Test
  void aMessageThatIsNotAcceptedIsALossAndStopsNoOther() {
    receive(10, 1);
    receive(14, REFUSED);
    receive(REFUSED, 12);
    order.whenNoneWaits("room", () -> answers.add("answer"));
    receive(12, 10);
    assertThat(received).containsExactly(10L, 12L, 14L);
    assertThat(losses).singleElement().isInstanceOf(IllegalStateException.class);
    assertThat(answers).containsExactly("answer");
  }

  @Test
  void nobodyWaitsForAChannelThatIsForgotten() {
    receive(3, 1);
    receive(9, 7);
    order.whenNoneWaits("room", () -> answers.add("answer"));
    assertThat(answers).isEmpty();
    order.forget(List.of("room"));
    assertThat(answers).containsExactly("answer");
    receive(20, 15); // of a new subscription
    assertThat(received).containsExactly(3L, 20L);
  }

  @Test
  void nothingIsPassedOnAfterTheEndOfTheConnection() {
    receive(3, 1);
    receive(9, 7);
    order.whenNoneWaits("room", () -> answers.add("answer"));
    order.close();
    receive(7, 3);
    assertThat(received).containsExactly(3L);
    assertThat(answers).containsExactly("answer");
  }

  @Test
  void beyondTheBoundNobodyWaits() {
    receive(1, 0);
    for (int i = 0; i < WaitingRoom.MOST_MESSAGES; i++) {
      receive("other " + i, 1, 0);
      receive("other " + i, 9, 5);
    }
    received.clear();
    receive(9, 7);
    assertThat(received).contains(9L);
    order.close();
  }
}
