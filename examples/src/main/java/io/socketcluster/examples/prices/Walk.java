// SPDX-License-Identifier: MIT
package io.socketcluster.examples.prices;

import java.util.random.RandomGenerator;

/** The price of one symbol, which goes up or down by less than a percent. For one thread. */
final class Walk {
  private static final long LEAST = 100;
  private static final double WIDEST_STEP = 0.01;

  private final RandomGenerator random;
  private Price last;

  Walk(long cents, RandomGenerator random) {
    this.random = random;
    this.last = new Price(cents, 0);
  }

  Price next() {
    double step = random.nextDouble(-WIDEST_STEP, WIDEST_STEP);
    long cents = Math.max(LEAST, Math.round(last.cents() * (1 + step)));
    last = new Price(cents, last.tick() + 1);
    return last;
  }
}
