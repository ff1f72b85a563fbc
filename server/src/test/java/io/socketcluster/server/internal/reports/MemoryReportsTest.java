// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.server.internal.memory.MemoryBound;
import io.socketcluster.server.internal.memory.MemoryLimits;
import io.socketcluster.server.internal.memory.ServerMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryReportsTest {
  private static final Logger LOGGER = Logger.getLogger(MemoryReports.class.getName());

  private final List<String> warnings = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(@Nullable LogRecord entry) {
          lines.add(entry == null ? "" : entry.getLevel() + " " + entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private long now = 42;
  private final MemoryReports reports =
      new MemoryReports(
          new ServerMemory(new MemoryLimits(1000, 5000)),
          warning -> {
            assertThat(warning).isInstanceOf(ResourceLimitError.class);
            warnings.add(String.valueOf(warning.getMessage()));
          },
          () -> now);

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
    LOGGER.setUseParentHandlers(false);
  }

  @AfterEach
  void stop() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  @Test
  void aReportNamesTheSocketWhatItHeldAndTheBound() {
    reports.closing("abc", MemoryBound.SOCKET, 1234);
    now += Duration.ofMinutes(1).toNanos();
    reports.closing("def", MemoryBound.SERVER, 777);

    assertThat(warnings.getFirst()).contains("abc", "1234 bytes", "socketMemoryLimit (1000)");
    assertThat(warnings.getLast()).contains("def", "777 bytes", "memoryLimit (5000)");
    assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("WARNING Closing socket"));
  }

  @Test
  void manyAreOneWarningInASecondAndOneLineInAMinute() {
    for (int i = 0; i < 500; i++) {
      now += Duration.ofMillis(10).toNanos();
      reports.closing("s" + i, MemoryBound.SERVER, 1);
    }
    assertThat(warnings).hasSize(5);
    assertThat(warnings.get(1)).endsWith("since the last report: 100");
    assertThat(lines).hasSize(1);

    now += Duration.ofMinutes(1).toNanos();
    reports.closing("last", MemoryBound.SERVER, 1);
    assertThat(lines.getLast()).endsWith("since the last report: 500");
  }
}
