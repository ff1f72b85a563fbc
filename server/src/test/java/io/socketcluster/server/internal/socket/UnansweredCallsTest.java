// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnansweredCallsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final UnansweredCalls calls = new UnansweredCalls(Duration.ofSeconds(10), 0);

  @Test
  void thereIsOneFromTheCallToItsAnswer() {
    assertThat(calls.isAny(0)).isFalse();
    calls.received();
    assertThat(calls.isAny(SECOND)).isTrue();
    calls.answered();
    assertThat(calls.isAny(SECOND)).isFalse();
  }

  @Test
  void whatIsOlderThanTheAckTimeoutIsAwaitedByNobody() {
    calls.received();
    calls.sweep(SECOND);
    assertThat(calls.isAny(11 * SECOND - 1)).isTrue();
    assertThat(calls.isAny(11 * SECOND)).isFalse();
    calls.received();
    assertThat(calls.isAny(12 * SECOND)).isTrue();
  }
}
