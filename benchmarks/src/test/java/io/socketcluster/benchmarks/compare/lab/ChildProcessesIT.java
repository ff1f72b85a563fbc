// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessesIT {
  @TempDir private Path folder;

  private final ChildProcesses children = new ChildProcesses();

  private Process start(String... command) {
    return children.start(List.of(command), folder.resolve("log").toFile(), false);
  }

  @Test
  void whatWasStartedEndsByItsProcessId() {
    Process sleeping = start("sleep", "600");

    children.endAll();

    assertThat(sleeping.isAlive()).isFalse();
  }

  @Test
  void nothingIsStartedOnceAllIsEnding() {
    children.endAll();

    assertThatExceptionOfType(MeasurementException.class)
        .isThrownBy(() -> start("sleep", "600"))
        .withMessage("interrupted");
  }

  @Test
  void aServerThatEndsInsteadOfListeningIsSaidToHaveEnded() {
    Contender broken = new Contender("broken", "socketcluster", List.of("false"));
    try (ServerProcess server =
        ServerProcess.launch(broken, children, folder.resolve("log").toFile())) {
      assertThatExceptionOfType(MeasurementException.class)
          .isThrownBy(server::awaitPort)
          .withMessage("broken ended with 1");
    }
  }
}
