// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import java.time.Duration;
import java.util.function.Predicate;

/** A scenario that is running. Not thread-safe; closing it ends what is still running. */
public final class ScenarioRun implements AutoCloseable {
  /** After its time-out the script still has to say so. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final Scenario scenario;
  private final ChildProcess process;

  ScenarioRun(Scenario scenario, ChildProcess process) {
    this.scenario = scenario;
    this.process = process;
  }

  /** Waits until the script has printed this line. */
  public void await(String line) {
    process.awaitLine(line::equals, scenario.timeout());
  }

  /** Returns the first line that fits, when the script has printed it. */
  public String awaitLine(Predicate<String> wanted) {
    return process.awaitLine(wanted, scenario.timeout());
  }

  /** Waits for the end, and that it is a good one. */
  public void awaitSuccess() {
    int status = process.awaitEnd(scenario.timeout().plus(LAST_WORDS));
    String success = "ok " + scenario.name() + ": ";
    boolean isGood = status == 0 && process.lines().stream().anyMatch(it -> it.startsWith(success));
    if (!isGood) {
      throw new AssertionError(
          "The scenario " + scenario.name() + " ended with " + status + "\n" + process.output());
    }
    System.out.println(process.output());
  }

  @Override
  public void close() {
    process.close();
  }
}
