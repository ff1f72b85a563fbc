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
 * @param runtime what runs it
 */
public record Scenario(String name, List<String> options, Duration timeout, JsRuntime runtime) {
  /** As seen from conformance, and from the modules beside it. */
  static final Path SCRIPTS = Path.of("../conformance/src/test/js");

  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(3);

  public Scenario {
    options = List.copyOf(options);
  }

  public static Scenario named(String name) {
    return new Scenario(name, List.of(), DEFAULT_TIMEOUT, JsRuntime.NODE);
  }

  /** Returns it with one more option. */
  public Scenario with(String key, Object value) {
    List<String> more = new ArrayList<>(options);
    more.add("--" + key);
    more.add(value.toString());
    return new Scenario(name, more, timeout, runtime);
  }

  /** Returns it with another time-out. */
  public Scenario within(Duration otherTimeout) {
    return new Scenario(name, options, otherTimeout, runtime);
  }

  /** Returns it in another runtime. */
  public Scenario by(JsRuntime otherRuntime) {
    return new Scenario(name, options, timeout, otherRuntime);
  }

  /** Runs it against a port; when it fails, the error says what the script said. */
  public void run(int port) {
    try (ScenarioRun run = start(port)) {
      run.awaitSuccess();
    }
  }

  /** Starts it against a port. */
  public ScenarioRun start(int port) {
    List<String> command = new ArrayList<>(runtime.command());
    command.addAll(List.of("run.mjs", name));
    command.addAll(List.of("--port", String.valueOf(port)));
    command.addAll(List.of("--timeout", String.valueOf(timeout.toMillis())));
    command.addAll(options);
    return new ScenarioRun(this, ChildProcess.start(SCRIPTS, command));
  }
}
