// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The short run that a spare worker and the archive of classes begin with. */
class TrainingTest {
  private final List<String> logged = new CopyOnWriteArrayList<>();

  /** Keeps what is logged. */
  private final class Recorder extends Handler {
    @Override
    public void publish(LogRecord record) {
      logged.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** A spare worker may wait for days: what goes on in it would fill the log. */
  @Test
  void nothingGoesOnAfterIt() throws Exception {
    Logger root = Logger.getLogger("io.socketcluster");
    Handler recorder = new Recorder();
    root.addHandler(recorder);
    try {
      Training.run();
      await()
          .during(Duration.ofSeconds(1))
          .untilAsserted(
              () -> assertThat(logged).noneMatch(line -> line.contains("cannot be reached")));
    } finally {
      root.removeHandler(recorder);
    }
  }

  @Test
  void theStepsEndWhenTheyAreNotWantedAnyMore() throws Exception {
    AtomicInteger steps = new AtomicInteger();
    Training.run(() -> steps.incrementAndGet() < 2);
    assertThat(steps).hasValue(2);
    Training.run(() -> false);
  }
}
