// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.RateLimit;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final long START = Long.MAX_VALUE - 1_000; // nanoTime may be anything, and wraps
  private static final long TENTH = TimeUnit.MILLISECONDS.toNanos(100);
  private static final RateLimit TEN_A_SECOND = RateLimit.of(10, Duration.ofSeconds(1));

  private static int taken(TokenBucket bucket, long now) {
    int taken = 0;
    while (bucket.tryTake(now)) {
      taken++;
    }
    return taken;
  }

  @Test
  void aFullBucketHasItsBurstAndThenARefillForEachInterval() {
    TokenBucket bucket = new TokenBucket(TEN_A_SECOND.withBurst(3), START);

    assertThat(taken(bucket, START)).isEqualTo(3);
    assertThat(taken(bucket, START + TENTH - 1)).isZero();
    assertThat(taken(bucket, START + TENTH)).isEqualTo(1);
    assertThat(taken(bucket, START + 3 * TENTH)).isEqualTo(2);
    assertThat(taken(bucket, START + 100 * TENTH)).as("no more than it holds").isEqualTo(3);
  }

  @Test
  void whoTakesMoreThanThereIsLearnsHowLongToWait() {
    TokenBucket bucket = new TokenBucket(TEN_A_SECOND.withBurst(2), START);

    assertThat(bucket.take(START)).isLessThanOrEqualTo(0);
    assertThat(bucket.take(START)).isLessThanOrEqualTo(0);
    assertThat(bucket.take(START)).isEqualTo(TENTH);
    assertThat(bucket.take(START)).isEqualTo(2 * TENTH);
    assertThat(bucket.take(START + 2 * TENTH)).as("its own only").isEqualTo(TENTH);
  }

  @Test
  void itIsFullAgainWhenAllThatWasTakenIsThere() {
    TokenBucket bucket = new TokenBucket(TEN_A_SECOND, START);
    assertThat(bucket.isFull(START)).isTrue();
    bucket.take(START);
    bucket.take(START);

    assertThat(bucket.isFull(START + 2 * TENTH - 1)).isFalse();
    assertThat(bucket.isFull(START + 2 * TENTH)).isTrue();
  }

  @Test
  void theLargestLimitsDoNotOverflow() {
    RateLimit rare = new RateLimit(1, Duration.ofDays(24), Integer.MAX_VALUE);
    TokenBucket bucket = new TokenBucket(rare, START);
    assertThat(bucket.take(START)).isLessThanOrEqualTo(0);

    RateLimit often = new RateLimit(Integer.MAX_VALUE, Duration.ofMillis(1), 1);
    TokenBucket fast = new TokenBucket(often, START);
    assertThat(fast.tryTake(START)).isTrue();
    assertThat(fast.tryTake(START + 1)).isTrue();
  }

  @Test
  void aDebtIsBoundedHoweverMuchIsTaken() {
    TokenBucket bucket = new TokenBucket(TEN_A_SECOND, START);
    for (int i = 0; i < 10_000; i++) {
      bucket.take(START);
    }

    assertThat(bucket.take(START)).isBetween(100 * TENTH, 103 * TENTH);
    assertThat(bucket.tryTake(START + 101 * TENTH)).isFalse();
    assertThat(bucket.tryTake(START + 102 * TENTH)).isTrue();
  }
}
