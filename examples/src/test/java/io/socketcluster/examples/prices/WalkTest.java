// SPDX-License-Identifier: MIT
package io.socketcluster.examples.prices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WalkTest {
  @Test
  void eachPriceIsWithinAPercentOfTheLastAndCounted() {
    Walk walk = new Walk(10_000, new Random(1));
    Price last = new Price(10_000, 0);
    for (int i = 0; i < 1_000; i++) {
      Price next = walk.next();
      assertThat(next.tick()).isEqualTo(last.tick() + 1);
      assertThat(Math.abs(next.cents() - last.cents())).isLessThanOrEqualTo(last.cents() / 100 + 1);
      last = next;
    }
  }

  @Test
  void aPriceNeverFallsBelowOne() {
    Walk walk = new Walk(100, new Random(1));
    for (int i = 0; i < 1_000; i++) {
      assertThat(walk.next().cents()).isGreaterThanOrEqualTo(100);
    }
  }
}
