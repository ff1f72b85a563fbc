// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.benchmarks.compare.lab.ChildProcesses;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process of its own that has started others, as the comparison does, and is interrupted. */
class InterruptedBenchIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir private Path folder;

  /** What is interrupted: it starts a process that does not end by itself, and waits for it. */
  static final class Starter {
    private Starter() {}

    /** Starts it with the log that is given. */
    public static void main(String[] args) throws InterruptedException {
      new ChildProcesses().start(List.of("sleep", "600"), new File(args[0]), false).waitFor();
    }
  }

  private Process starter() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String log = folder.resolve("log").toString();
    String classes = System.getProperty("java.class.path");
    // What runs in the background of a shell would ignore an interruption.
    return new ProcessBuilder(
            "env", "--default-signal=INT", java, "-cp", classes, Starter.class.getName(), log)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void whatItHasStartedEndsWithIt(String signal) throws Exception {
    Process starter = starter();
    try {
      await().atMost(TIMEOUT).until(() -> starter.children().findAny().isPresent());
      ProcessHandle child = starter.children().findAny().orElseThrow();

      new ProcessBuilder("kill", "-" + signal, "" + starter.pid()).start().waitFor();

      assertThat(starter.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(child.isAlive()).isFalse();
    } finally {
      starter.descendants().forEach(ProcessHandle::destroyForcibly);
      starter.destroyForcibly();
    }
  }
}
