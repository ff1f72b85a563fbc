// SPDX-License-Identifier: MIT
package io.socketcluster.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemTimeTest {
  private final TimeSource time = TimeSource.system();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final CompletableFuture<Thread> ranOn = new CompletableFuture<>();

  private void run() {
    ranOn.complete(Thread.currentThread());
  }

  @AfterEach
  void end() {
    thread.shutdownNow();
  }

  @Test
  void aTaskMayBeDelayed() {
    assertThat(time.schedule(thread, Duration.ofMillis(1), this::run)).isNotNull();

    assertThat(ranOn.join()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void aDelayedTaskMayBeCancelled() throws InterruptedException {
    time.schedule(thread, Duration.ofDays(1), this::run).cancel(false);
    thread.shutdown();

    assertThat(thread.awaitTermination(1, TimeUnit.MINUTES)).as("it waits for no task").isTrue();
  }

  @Test
  void aRepetitionGoesOnUntilItIsClosed() throws InterruptedException {
    Semaphore runs = new Semaphore(0);
    try (TimeSource.Repetition repetition =
        time.repeat("repetition", Duration.ofMillis(1), runs::release)) {
      assertThat(repetition).isNotNull();
      assertThat(runs.tryAcquire(3, 1, TimeUnit.MINUTES)).isTrue();
    }
  }
}
