// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DecodingPlacesTest {
  private final DecodingPlaces places = new DecodingPlaces(1, Duration.ofHours(1));
  private final AtomicBoolean isTaken = new AtomicBoolean();

  /** Returns whether the place was free. */
  private boolean take(Runnable meanwhile) {
    return places.hold(
        () -> {
          boolean isFirst = isTaken.compareAndSet(false, true);
          meanwhile.run();
          isTaken.set(false);
          return isFirst;
        });
  }

  private static boolean waitsOrHasEnded(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING, TERMINATED -> true;
      case NEW, RUNNABLE, BLOCKED -> false;
    };
  }

  @Test
  void aPlaceIsOneThreadsHoweverManyValuesWereDecodedBefore() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      take(() -> {});
    }
    AtomicBoolean wasFree = new AtomicBoolean();
    Thread second = Thread.ofVirtual().unstarted(() -> wasFree.set(take(() -> {})));

    take(
        () -> {
          second.start();
          await().until(() -> waitsOrHasEnded(second));
        });
    second.join();

    assertThat(wasFree).isTrue();
  }

  @Test
  void aThreadThatHasWaitedLongEnoughGoesOnWithoutAPlace() throws InterruptedException {
    DecodingPlaces hasty = new DecodingPlaces(1, Duration.ofMillis(1));
    CountDownLatch free = new CountDownLatch(1);
    Thread holder = Thread.startVirtualThread(() -> hasty.hold(() -> waitedFor(free)));
    await().until(() -> holder.getState() == Thread.State.WAITING);

    assertThat(hasty.hold(() -> "went on")).isEqualTo("went on");

    free.countDown();
    holder.join();
  }

  private static boolean waitedFor(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted", e);
    }
  }
}
