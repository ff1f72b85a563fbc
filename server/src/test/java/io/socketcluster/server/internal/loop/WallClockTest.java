// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WallClockTest {
  private static final long EPOCH_MILLIS = 1_800_000_000_000L;

  private final WallClock clock = new WallClock(500, 0, EPOCH_MILLIS);

  private boolean wasSet(long seconds, long aheadMillis) {
    return clock.wasSet(
        TimeUnit.SECONDS.toNanos(seconds),
        EPOCH_MILLIS + TimeUnit.SECONDS.toMillis(seconds) + aheadMillis);
  }

  @Test
  void aClockThatGoesIsNotSet() {
    assertThat(wasSet(10, 0)).isFalse();
    assertThat(wasSet(20, 400)).isFalse();
    assertThat(wasSet(20, -400)).isFalse();
  }

  @Test
  void itIsNoticedOnceThatItWasSet() {
    assertThat(wasSet(10, 3_600_000)).isTrue();
    assertThat(wasSet(20, 3_600_000)).isFalse();
    assertThat(wasSet(30, 0)).isTrue();
  }

  @Test
  void whatGoesWrongLittleByLittleIsNoticedToo() {
    assertThat(wasSet(10, 300)).isFalse();
    assertThat(wasSet(20, 600)).isTrue();
    assertThat(wasSet(30, 900)).isFalse();
  }
}
