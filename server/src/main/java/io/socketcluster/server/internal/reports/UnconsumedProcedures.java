// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.reports;

import io.socketcluster.protocol.errors.InvalidActionError;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The procedures that clients have called and nobody consumes: each is a warning, once. Clients
 * make up the names, so there is a bound of how many are told, and of how long they are.
 * Thread-safe.
 */
public final class UnconsumedProcedures {
  private static final int MOST_NAMES = 1000;
  private static final int MOST_LINES = 32; // each of the first in the log; then one a minute

  private final ServerWarnings warnings;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  public UnconsumedProcedures(ServerWarnings warnings) {
    this.warnings = warnings;
  }

  /** A client has called a procedure that nobody consumes. */
  public void called(String procedure) {
    String name = ShownName.of(procedure);
    int before = told.size();
    if (before < MOST_NAMES && told.add(name)) {
      String which = before < MOST_LINES ? "the procedure \"" + name + "\"" : "a procedure";
      warnings.failed("A client called " + which + ", which nobody consumes", warning(name));
    }
  }

  private static InvalidActionError warning(String name) {
    InvalidActionError warning =
        new InvalidActionError(
            "Nobody consumes the procedure \""
                + name
                + "\", so its caller waits in vain: consume socket.procedure(\""
                + name
                + "\") while the connection event is handled");
    warning.setStackTrace(new StackTraceElement[0]); // it shows nothing of the application
    return warning;
  }
}
