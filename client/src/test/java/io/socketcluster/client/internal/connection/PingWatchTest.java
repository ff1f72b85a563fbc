// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PingWatchTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final VirtualTime time = new VirtualTime();
  private final AtomicInteger silences = new AtomicInteger();
  private final PingWatch watch = new PingWatch(time, time::nanoTime, silences::incrementAndGet);

  @Test
  void noticesASilenceWhenItsTimeIsOver() {
    watch.watch(TIMEOUT);
    time.pass(TIMEOUT.minus(MOMENT));
    assertThat(silences).hasValue(0);
    time.pass(MOMENT);

    assertThat(silences).hasValue(1);
    assertThat(time.timers()).isZero();
  }

  @Test
  void whateverArrivesBeginsTheTimeAnewWithoutATimerOfItsOwn() {
    watch.watch(TIMEOUT);
    for (int i = 0; i < 100; i++) {
      time.pass(Duration.ofSeconds(9));
      watch.heard();
      assertThat(time.timers()).isEqualTo(1);
    }
    assertThat(silences).hasValue(0);
    time.pass(TIMEOUT);
    assertThat(silences).hasValue(1);
  }

  @Test
  void anotherTimeoutTakesThePlaceOfTheFirst() {
    watch.watch(TIMEOUT);
    watch.watch(TIMEOUT.multipliedBy(3));
    time.pass(TIMEOUT.multipliedBy(2));
    assertThat(silences).hasValue(0);
    time.pass(TIMEOUT);

    assertThat(silences).hasValue(1);
  }

  @Test
  void noticesNothingMoreWhenItIsStopped() {
    watch.watch(TIMEOUT);
    watch.stop();
    time.pass(TIMEOUT.multipliedBy(2));

    assertThat(silences).hasValue(0);
    assertThat(watch.isStale()).isFalse();
    assertThat(time.timers()).isZero();
  }

  @Test
  void isStaleAfterASleepInWhichNoTimerRan() {
    watch.watch(TIMEOUT);
    assertThat(watch.isStale()).isFalse();
    time.sleep(TIMEOUT);

    assertThat(watch.isStale()).isTrue();
    watch.heard();
    assertThat(watch.isStale()).isFalse();
  }

  @Test
  void isNeverStaleBeforeItWatches() {
    time.sleep(Duration.ofDays(1));
    assertThat(watch.isStale()).isFalse();
  }
}
