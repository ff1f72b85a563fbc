// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare;

import java.util.List;

/**
 * A server that can be started and measured.
 *
 * @param id its name in results and on the command line
 * @param protocol what the load generator speaks with it
 * @param command starts it; {@link #PORT} stands for the port
 * @param onAllCores whether it may use every core; otherwise it has the first one to itself
 */
record Contender(String id, String protocol, List<String> command, boolean onAllCores) {
  static final String PORT = "{port}";

  Contender {
    command = List.copyOf(command);
  }

  Contender(String id, String protocol, List<String> command) {
    this(id, protocol, command, false);
  }

  List<String> commandFor(int port) {
    return command.stream().map(word -> word.replace(PORT, Integer.toString(port))).toList();
  }

  Contender usingAllCores() {
    return new Contender(id, protocol, command, true);
  }
}
