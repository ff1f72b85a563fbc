// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The memory limit of a worker. The clock is that of the test. */
class MemoryLimitTest {
  private static final long LIMIT = 1000;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // a clock may overflow
  private final MemoryLimit limit = new MemoryLimit(LIMIT, new Random(1), now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void aWorkerIsTooLargeAboveTheLimitOnly() {
    assertThat(limit.isExceeded(LIMIT)).isFalse();
    assertThat(limit.isExceeded(LIMIT + 1)).isTrue();
    assertThat(new MemoryLimit(0, new Random(1), now::get).isExceeded(LIMIT)).isFalse();
  }

  @Test
  void thePausesBetweenReplacementsGrow() {
    assertThat(limit.replaced()).isZero();
    assertThat(limit.isExceeded(LIMIT + 1)).isTrue();
    Duration last = limit.replaced();
    assertThat(last).isBetween(Duration.ofMillis(200), Duration.ofMillis(250));
    for (int i = 0; i < 10; i++) {
      pass(last.minusNanos(1));
      assertThat(limit.isExceeded(LIMIT + 1)).isFalse();
      pass(Duration.ofNanos(1));
      assertThat(limit.isExceeded(LIMIT + 1)).isTrue();
      last = limit.replaced();
    }
    assertThat(last).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(30));
  }

  @Test
  void aWorkerThatHasFitForAMinuteIsReplacedAtOnce() {
    limit.replaced();
    limit.replaced();
    pass(Duration.ofMinutes(1));
    assertThat(limit.isExceeded(LIMIT + 1)).isTrue();
    assertThat(limit.replaced()).isZero();
  }
}
