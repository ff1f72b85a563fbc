// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.reports;

import io.socketcluster.protocol.errors.TimeoutError;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The procedures that have left a call without an answer: each is a warning, once. The application
 * gives the names, with a bound in case it makes them up. Thread-safe.
 */
public final class UnansweredProcedures {
  private static final int MOST_NAMES = 100;

  private final ServerWarnings warnings;
  private final Duration ackTimeout;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  public UnansweredProcedures(ServerWarnings warnings, Duration ackTimeout) {
    this.warnings = warnings;
    this.ackTimeout = ackTimeout;
  }

  /** A call has waited for the ack timeout. */
  public void waited(String procedure) {
    String name = ShownName.of(procedure);
    if (told.size() < MOST_NAMES && told.add(name)) {
      warnings.failed(
          "The procedure \"" + name + "\" did not answer a call within ackTimeout", warning(name));
    }
  }

  private TimeoutError warning(String name) {
    TimeoutError warning =
        new TimeoutError(
            "The procedure \"%s\" has not answered a call within ackTimeout (%d ms): end or fail each request, now or later"
                .formatted(name, ackTimeout.toMillis()));
    warning.setStackTrace(new StackTraceElement[0]); // it shows nothing of the application
    return warning;
  }
}
