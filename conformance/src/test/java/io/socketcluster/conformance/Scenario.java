// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A scenario of {@code src/test/js/scenarios} and its options. Immutable.
 *
 * @param name the name of its file
 * @param options as they stand on the command line
 * @param timeout how long it may take
 */
record Scenario(String name, List<String> options, Duration timeout) {
  static final Path SCRIPTS = Path.of("src/test/js");
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

  Scenario {
    options = List.copyOf(options);
  }

  static Scenario named(String name) {
    return new Scenario(name, List.of(), DEFAULT_TIMEOUT);
  }

  /** Returns it with one more option. */
  Scenario with(String key, Object value) {
    List<String> more = new ArrayList<>(options);
    more.add("--" + key);
    more.add(value.toString());
    return new Scenario(name, more, timeout);
  }

  /** Returns it with another time-out. */
  Scenario within(Duration otherTimeout) {
    return new Scenario(name, options, otherTimeout);
  }

  /** Runs it; when it fails, the error says what the script said. */
  void run(int port) {
    try (ScenarioRun run = start(port)) {
      run.awaitSuccess();
    }
  }

  ScenarioRun start(int port) {
    List<String> command = new ArrayList<>(List.of("node", "run.mjs", name));
    command.addAll(List.of("--port", String.valueOf(port)));
    command.addAll(List.of("--timeout", String.valueOf(timeout.toMillis())));
    command.addAll(options);
    return new ScenarioRun(this, ChildProcess.start(SCRIPTS, command));
  }
}
