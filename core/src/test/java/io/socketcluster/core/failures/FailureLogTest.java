// SPDX-License-Identifier: MIT
package io.socketcluster.core.failures;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.errors.BadConnectionError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureLogTest {
  private static final Logger LOGGER = Logger.getLogger(FailureLog.LOGGER);

  private final List<LogRecord> records = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(@Nullable LogRecord entry) {
          if (entry != null) {
            records.add(entry);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private long now;
  private final FailureLog log = new FailureLog(() -> now);

  @BeforeEach
  void record() {
    LOGGER.addHandler(handler);
    LOGGER.setUseParentHandlers(false);
  }

  @AfterEach
  void stop() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  private static IllegalStateException failure() {
    return new IllegalStateException("broken");
  }

  private List<String> messages() {
    return records.stream().map(LogRecord::getMessage).toList();
  }

  @Test
  void theFirstFailureOfAPlaceHasItsStackTrace() {
    IllegalStateException failure = failure();

    log.log("The procedure \"a\" failed", failure);

    assertThat(messages()).containsExactly("The procedure \"a\" failed");
    assertThat(records.getFirst().getLevel()).isEqualTo(Level.WARNING);
    assertThat(records.getFirst().getThrown()).isSameAs(failure);
  }

  @Test
  void furtherOnesAreCountedAndLoggedOnceAMinute() {
    for (int i = 0; i < 1000; i++) {
      log.log("It failed", failure());
    }
    now += Duration.ofSeconds(59).toNanos();
    log.log("It failed", failure());
    assertThat(records).hasSize(1);

    now += Duration.ofSeconds(1).toNanos();
    log.log("It failed", failure());
    assertThat(messages().getLast())
        .isEqualTo("It failed (and 1000 more times since the last such line)");

    now += Duration.ofMinutes(5).toNanos();
    log.log("It failed", failure());
    assertThat(messages().getLast()).isEqualTo("It failed");
  }

  @Test
  void placesAreToldApart() {
    log.log("a failed", failure());
    log.log("b failed", failure());
    log.log("b failed", new IllegalArgumentException("another class"));
    log.log("b failed", new IllegalStateException("another line"));

    assertThat(records).hasSize(4);
  }

  @Test
  void morePlacesThanCanBeToldApartShareALine() {
    for (int i = 0; i < 10 * FailureLog.MAX_PLACES; i++) {
      log.log(i + " failed", failure());
    }

    assertThat(records).hasSize(FailureLog.MAX_PLACES + 1);
  }

  @Test
  void whatLeavesTheJvmInDoubtIsAnError() {
    log.log("a failed", new StackOverflowError());
    log.log("b failed", new CompletionException(new OutOfMemoryError("not really")));

    assertThat(records).extracting(LogRecord::getLevel).containsOnly(Level.SEVERE);
    assertThat(FailureLog.isSevere(new AssertionError("an error of the application"))).isFalse();
  }

  @Test
  void aLoggerThatThrowsHarmsNobody() {
    Handler broken =
        new Handler() {
          @Override
          public void publish(@Nullable LogRecord entry) {
            throw new IllegalStateException("the disk is full");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    LOGGER.addHandler(broken);
    try {
      log.log("It failed", failure());
    } finally {
      LOGGER.removeHandler(broken);
    }

    assertThat(records).hasSize(1);
  }

  @Test
  void aPeerThatLeftIsNoFaultOfTheHandlerThatWaitedForIt() {
    BadConnectionError gone = new BadConnectionError("gone", "disconnect");

    assertThat(LostPeer.isCauseOf(gone)).isTrue();
    assertThat(LostPeer.isCauseOf(new CompletionException(gone))).isTrue();
    assertThat(LostPeer.isCauseOf(failure())).isFalse();
  }
}
