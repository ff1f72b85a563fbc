// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.stream.StreamItem.End;
import io.socketcluster.stream.StreamItem.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An old node, dead but not collected yet, must not lead to all that came after it. */
class CutOffTest {
  private final StreamCore<Integer> core = new StreamCore<>(new StreamHome<>(null), null, false);
  private final Node<Integer> old = firstNode();
  private final Cursor<Integer> consumer = requireNonNull(core.join(null));

  private Node<Integer> firstNode() {
    Cursor<Integer> cursor = requireNonNull(core.join(null));
    Node<Integer> first = requireNonNull(cursor.finish(new End<>(null)));
    cursor.leave();
    return first;
  }

  private void take(int items) {
    for (int i = 0; i < items; i++) {
      core.write(i);
      assertThat(consumer.poll()).isEqualTo(new Value<>(i));
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean leadsToTheEnd() {
    Node<Integer> node = old;
    Node<Integer> next = node.next();
    while (next != null && next != node) {
      node = next;
      next = node.next();
    }
    return next == null;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void whoWaitsCutsOffWhatItHasPassed(int items) {
    take(items);
    assertThat(leadsToTheEnd()).isTrue();

    Waiter waiter = new ThreadWaiter(consumer);
    assertThat(core.enqueue(waiter)).isTrue();
    assertThat(leadsToTheEnd()).isFalse();
    core.dequeue(waiter);

    take(3);
  }

  @Test
  void whoNeverWaitsCutsOffWhatItHasPassedFromTimeToTime() {
    take(1000);

    assertThat(leadsToTheEnd()).isFalse();
  }

  @Test
  void nothingIsCutOffThatAnotherConsumerHasNotPassed() {
    Cursor<Integer> slow = requireNonNull(core.join(null));
    take(1000);
    assertThat(core.enqueue(new ThreadWaiter(consumer))).isTrue();

    for (int i = 0; i < 1000; i++) {
      assertThat(slow.poll()).isEqualTo(new Value<>(i));
    }
    assertThat(slow.poll()).isNull();
  }
}
