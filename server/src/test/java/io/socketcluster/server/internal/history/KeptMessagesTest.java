// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.Payload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class KeptMessagesTest {
  private static Kept message(long offset, long at, int size) {
    return new Kept(offset, at, Payload.of("x".repeat(size - 2)));
  }

  private static List<Long> offsets(List<Kept> found) {
    return found.stream().map(Kept::offset).toList();
  }

  @Test
  void theNewestOfTheNumberAreKept() {
    KeptMessages kept = new KeptMessages(3, 1_000_000);
    for (int i = 1; i <= 5; i++) {
      kept.add(message(i, i, 10));
    }
    assertThat(offsets(kept.after(0, 1_000))).containsExactly(3L, 4L, 5L);
    assertThat(kept.droppedThrough()).isEqualTo(2);
    assertThat(kept.before(2)).isEqualTo(3);
    assertThat(kept.before(9)).isEqualTo(2);
  }

  @Test
  void aMessageThatIsTooLargeIsNotKeptAndEverythingBeforeItIsGone() {
    KeptMessages kept = new KeptMessages(10, 500);
    kept.add(message(1, 1, 10));
    kept.add(message(2, 1, 1_000));
    assertThat(kept.count()).isZero();
    assertThat(kept.bytes()).isZero();
    assertThat(kept.droppedThrough()).isEqualTo(2);
  }

  @Test
  void atLeastOneMessageIsReturnedHoweverFewBytesAreWanted() {
    KeptMessages kept = new KeptMessages(10, 10_000);
    kept.add(message(1, 1, 300));
    kept.add(message(2, 1, 300));
    assertThat(offsets(kept.after(0, 1))).containsExactly(1L);
  }

  @RepeatedTest(20)
  void behavesAsAListOfMessagesWithinTheBounds(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int most = 1 + random.nextInt(40);
    int mostBytes = 1_000 + random.nextInt(4_000);
    KeptMessages kept = new KeptMessages(most, mostBytes);
    Deque<Kept> expected = new ArrayDeque<>();
    for (int now = 1; now <= 500; now++) {
      int before = now - 1 - random.nextInt(60);
      kept.expire(before);
      expected.removeIf(each -> each.at() < before);
      Kept added = message(now, now, 2 + random.nextInt(400));
      kept.add(added);
      expected.add(added);
      while (expected.size() > most || bytes(expected) > mostBytes) {
        expected.remove();
      }
      long from = random.nextInt(now + 1);
      assertThat(offsets(kept.after(from, Long.MAX_VALUE)))
          .isEqualTo(expected.stream().map(Kept::offset).filter(each -> each > from).toList());
      assertThat(kept.bytes()).isEqualTo(bytes(expected)).isLessThanOrEqualTo(mostBytes);
      assertThat(kept.count()).isEqualTo(expected.size());
    }
  }

  private static long bytes(Deque<Kept> messages) {
    return messages.stream().mapToLong(Kept::bytes).sum();
  }
}
