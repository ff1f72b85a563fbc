// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The wait before a worker is started again. */
class BackOffTest {
  private final BackOff backOff = new BackOff(new Random(1));

  @Test
  void theFirstRestartIsAtOnceAndTheOthersLaterAndLater() {
    assertThat(backOff.next(Duration.ZERO)).isZero();
    Duration second = backOff.next(Duration.ZERO);
    assertThat(second).isBetween(Duration.ofMillis(200), Duration.ofMillis(250));
    assertThat(backOff.next(Duration.ZERO)).isGreaterThan(second);
  }

  @Test
  void theWaitIsBounded() {
    for (int i = 0; i < 200; i++) {
      assertThat(backOff.next(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }
    assertThat(backOff.next(Duration.ZERO)).isGreaterThanOrEqualTo(Duration.ofSeconds(24));
  }

  @Test
  void aWorkerThatHasLivedIsStartedAtOnce() {
    for (int i = 0; i < 10; i++) {
      backOff.next(Duration.ZERO);
    }
    assertThat(backOff.next(Duration.ofMinutes(1))).isZero();
  }
}
