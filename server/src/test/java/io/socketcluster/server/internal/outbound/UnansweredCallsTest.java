// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.internal.loop.LoopTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnansweredCallsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final LoopTime time = new LoopTime(SECOND, 0);
  private final UnansweredCalls calls = new UnansweredCalls(Duration.ofSeconds(10), time);

  private void sweepUntil(int seconds) {
    for (long now = time.listened() + SECOND; now <= seconds * SECOND; now += SECOND) {
      time.sweep(now);
    }
  }

  private void call(long id, String procedure) {
    calls.received(id, 100);
    calls.watch(id, procedure);
  }

  @Test
  void thereIsOneFromTheCallToItsAnswer() {
    assertThat(calls.isAny()).isFalse();
    calls.received(1, 100);
    assertThat(calls.isAny()).isTrue();
    sweepUntil(5);
    assertThat(calls.isAny()).isTrue();
    calls.answered(1);
    assertThat(calls.isAny()).isFalse();
  }

  @Test
  void whatIsOlderThanTheAckTimeoutIsAwaitedByNobody() {
    calls.received(1, 100);
    sweepUntil(10);
    assertThat(calls.isAny()).isTrue();
    sweepUntil(11);
    assertThat(calls.isAny()).isFalse();
    calls.received(1, 100);
    sweepUntil(12);
    assertThat(calls.isAny()).isTrue();
  }

  @Test
  void aLargeCallKeepsMemoryUntilItIsAnswered() {
    calls.received(1, 100);
    calls.received(2, 100_000);
    assertThat(calls.heldBytes()).isBetween(100_000L, 110_000L);
    calls.answered(2);
    assertThat(calls.heldBytes()).isBetween(100L, 1000L);
    calls.answered(1);
    assertThat(calls.heldBytes()).isZero();
  }

  @Test
  void whatNobodyAwaitsAnyMoreKeepsNoMemory() {
    calls.received(1, 100_000);
    sweepUntil(11);
    assertThat(calls.heldBytes()).isZero();
  }

  @Test
  void theProcedureThatDoesNotAnswerIsFoundAmongOthers() {
    call(1, "answers");
    call(2, "forgets");
    calls.answered(1);
    call(3, "forgets");
    sweepUntil(10);
    assertThat(calls.overdue()).isNull();
    assertThat(calls.untilOverdue()).isLessThanOrEqualTo(SECOND);
    sweepUntil(11);
    assertThat(calls.overdue()).isEqualTo("forgets");
    assertThat(calls.overdue()).isNull();
  }

  @Test
  void aCallThatNobodyConsumesHidesNoOther() {
    calls.received(1, 100);
    call(2, "forgets");
    sweepUntil(11);
    assertThat(calls.overdue()).isEqualTo("forgets");
  }
}
