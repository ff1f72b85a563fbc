// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  void thereIsOneFromTheCallToItsAnswer() {
    assertThat(calls.isAny()).isFalse();
    calls.received();
    assertThat(calls.isAny()).isTrue();
    sweepUntil(5);
    assertThat(calls.isAny()).isTrue();
    calls.answered();
    assertThat(calls.isAny()).isFalse();
  }

  @Test
  void whatIsOlderThanTheAckTimeoutIsAwaitedByNobody() {
    calls.received();
    sweepUntil(10);
    assertThat(calls.isAny()).isTrue();
    sweepUntil(11);
    assertThat(calls.isAny()).isFalse();
    calls.received();
    sweepUntil(12);
    assertThat(calls.isAny()).isTrue();
  }
}
