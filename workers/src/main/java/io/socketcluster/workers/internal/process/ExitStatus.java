// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.process;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The end of a process: its exit code, or the signal that ended it. */
public record ExitStatus(int code, @Nullable String signal) {
  private static final int FIRST_SIGNAL = 128;
  private static final int OUT_OF_MEMORY = 3; // of -XX:+ExitOnOutOfMemoryError
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 9,
          "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

  static ExitStatus of(int status) {
    return new ExitStatus(status, SIGNALS.get(status - FIRST_SIGNAL));
  }

  @Override
  public String toString() {
    if (signal != null) {
      return "signal " + signal;
    }
    return "exit code " + code + (code == OUT_OF_MEMORY ? ", out of memory" : "");
  }
}
