// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.errors.ResourceLimitError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class WaitingCallsTest {
  private final WaitingCalls calls = new WaitingCalls();

  @Test
  void aCallThatWaitsNoLongerIsForgotten() {
    CompletableFuture<Void> late = calls.add(Duration.ofMillis(1));

    assertThatThrownBy(() -> late.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class);
    await().until(() -> calls.count() == 0);
  }

  @Test
  void callsGoOnWhenTheWaitIsOver() {
    CompletableFuture<Void> before = calls.add(Duration.ofMinutes(1));
    assertThat(before).isNotDone();

    calls.end();

    assertThat(before).isCompleted();
    assertThat(calls.add(Duration.ofMinutes(1))).isCompleted();
    assertThat(calls.count()).isZero();
  }

  @Test
  void theNumberOfCallsIsBounded() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(calls.add(Duration.ofMinutes(1))).isNotDone();
    }

    assertThat(calls.add(Duration.ofMinutes(1)).exceptionNow())
        .isInstanceOf(ResourceLimitError.class);
    calls.end();
    assertThat(calls.count()).isZero();
  }
}
