// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.listening;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcceptFailuresTest {
  private static final Logger LOGGER = Logger.getLogger(AcceptFailures.class.getName());

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
  private final EmbeddedChannel channel = new EmbeddedChannel(new AcceptFailures(() -> now));

  @BeforeEach
  void record() {
    LOGGER.addHandler(handler);
    LOGGER.setUseParentHandlers(false);
  }

  @AfterEach
  void stop() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
    channel.finishAndReleaseAll();
  }

  private void failAt(long seconds) {
    now = TimeUnit.SECONDS.toNanos(seconds);
    channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
    channel.checkException(); // nothing reaches the end of the pipeline, where Netty logs it
  }

  @Test
  void aFailureOfEachSecondIsALineOfEachMinuteWithoutAStackTrace() {
    for (int second = 0; second < 150; second++) {
      failAt(second);
    }

    assertThat(records)
        .hasSize(3)
        .allSatisfy(line -> assertThat(line.getThrown()).isNull())
        .allSatisfy(line -> assertThat(line.getMessage()).contains("Too many open files"));
  }
}
