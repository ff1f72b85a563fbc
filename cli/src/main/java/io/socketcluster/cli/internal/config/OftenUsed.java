// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.config;

import java.util.Map;

/** The flags that the help lists. All others exist, too. */
final class OftenUsed {
  static final Map<String, String> FLAGS =
      Map.of(
          "port", "port of all workers, 0 for any; default: 8000",
          "host", "address to listen on; default: all",
          "workers", "number of worker processes; default: one process without a supervisor",
          "workerController", "class of the application, if it is none of this folder",
          "logLevel", "off, error, warn, info, debug or trace; default: info",
          "jvmOptions", "options of the workers' JVMs, in one argument",
          "killWorkerMemoryThreshold", "resident memory in bytes above which a worker is replaced",
          "origins", "origins of web pages that may connect; default: *:*",
          "directory", "directory of the control socket and the log; default: .socketcluster");

  private OftenUsed() {}
}
