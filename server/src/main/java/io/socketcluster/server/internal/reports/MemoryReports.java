// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.reports;

import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.server.internal.memory.MemoryBound;
import io.socketcluster.server.internal.memory.ReportPace;
import io.socketcluster.server.internal.memory.ServerMemory;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that sockets were closed because of the memory that was kept for them: in a warning once a
 * second, and in the log once a minute, each with how many there were since. Thread-safe.
 */
public final class MemoryReports {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryReports.class);
  private static final Duration WARNING_INTERVAL = Duration.ofSeconds(1);
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private final ServerMemory memory;
  private final Consumer<Throwable> warnings;
  private final ReportPace warningPace;
  private final ReportPace logPace;

  public MemoryReports(ServerMemory memory, Consumer<Throwable> warnings, LongSupplier clock) {
    this.memory = memory;
    this.warnings = warnings;
    this.warningPace = new ReportPace(WARNING_INTERVAL, clock);
    this.logPace = new ReportPace(LOG_INTERVAL, clock);
  }

  /** A socket is about to be closed. */
  public void closing(String socketId, MemoryBound bound, long heldBytes) {
    int warned = warningPace.next();
    if (warned > 0) {
      warnings.accept(new ResourceLimitError(text(socketId, bound, heldBytes, warned)));
    }
    int logged = logPace.next();
    if (logged > 0) {
      LOG.warn("{}", text(socketId, bound, heldBytes, logged));
    }
  }

  private String text(String socketId, MemoryBound bound, long heldBytes, int count) {
    String reason =
        switch (bound) {
          case SOCKET -> "more than socketMemoryLimit (" + memory.limits().socketBytes() + ")";
          case SERVER ->
              "the most of all that reached memoryLimit (" + memory.limits().serverBytes() + ")";
        };
    return "Closing socket "
        + socketId
        + ", for which "
        + heldBytes
        + " bytes are kept, "
        + reason
        + "; sockets closed for their memory since the last report: "
        + count;
  }
}
