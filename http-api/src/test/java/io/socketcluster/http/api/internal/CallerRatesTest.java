// SPDX-License-Identifier: MIT
package io.socketcluster.http.api.internal;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallerRatesTest {
  private final AtomicLong now = new AtomicLong();
  private final CallerRates rates = new CallerRates(2, now::get);
  private final Caller ann = new Caller("ann", List.of());
  private final Caller bob = new Caller("bob", List.of());

  private void enter(Caller caller, int times) throws ApiError {
    for (int i = 0; i < times; i++) {
      rates.enter(caller);
    }
  }

  @Test
  void twoSecondsMayComeAtOnceAndThenTheRateHolds() throws ApiError {
    enter(ann, 4);
    assertThatExceptionOfType(ApiError.class).isThrownBy(() -> rates.enter(ann));
    enter(bob, 4);
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    enter(ann, 2);
    assertThatExceptionOfType(ApiError.class).isThrownBy(() -> rates.enter(ann));
    now.addAndGet(TimeUnit.HOURS.toNanos(1));
    enter(ann, 4);
    assertThatExceptionOfType(ApiError.class).isThrownBy(() -> rates.enter(ann));
  }
}
