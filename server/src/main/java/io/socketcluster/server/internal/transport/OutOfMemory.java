// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.socketcluster.server.internal.memory.ReportPace;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that an event loop ran out of memory. It goes on, but other threads may have ended: only a
 * new process is sure to be whole. Thread-safe.
 */
public final class OutOfMemory {
  private static final Logger LOG = LoggerFactory.getLogger(OutOfMemory.class);
  private static final ReportPace PACE = new ReportPace(Duration.ofMinutes(1), System::nanoTime);

  private OutOfMemory() {}

  /** Logs a failure if it is an {@code OutOfMemoryError}, once a minute. */
  public static void logIf(Throwable cause) {
    if (cause instanceof OutOfMemoryError) {
      int count = PACE.next();
      if (count > 0) {
        LOG.error(
            "An event loop ran out of memory ({} times since the last report). Run the server with"
                + " -XX:+ExitOnOutOfMemoryError, with more memory or a smaller memoryLimit",
            count,
            cause);
      }
    }
  }
}
