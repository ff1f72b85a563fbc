// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconnectDelayTest {
  private double random = 1;
  private final ReconnectDelay delay = new ReconnectDelay(Duration.ofSeconds(1), () -> random);

  @Test
  void doublesUpToItsLimitAndStaysThere() {
    assertThat(IntStream.range(0, 6).mapToObj(i -> delay.next().toMillis()))
        .containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L);
    assertThat(IntStream.range(0, 1_000).mapToObj(i -> delay.next().toMillis()))
        .containsOnly(1_000L);
  }

  @Test
  void halfOfItIsByChance() {
    random = 0;
    assertThat(delay.next()).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void beginsAnewAfterAConnectionWasInUse() {
    delay.next();
    delay.next();
    delay.reset();
    assertThat(delay.next()).isEqualTo(Duration.ofMillis(100));
  }
}
