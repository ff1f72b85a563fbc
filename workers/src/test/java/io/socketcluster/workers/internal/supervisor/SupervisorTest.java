// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.workers.WorkersOptions;
import io.socketcluster.workers.internal.log.CentralLog;
import io.socketcluster.workers.internal.log.LogEntry;
import io.socketcluster.workers.internal.log.LogEntry.Level;
import io.socketcluster.workers.internal.process.JavaProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor of all processes. A script takes the part of the JVM. */
class SupervisorTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String JAVA =
      """
      #!/bin/sh
      for kind; do :; done
      folder=$(dirname "$0")
      case "$kind" in
        training) echo $$ > "$folder/training"; read never; exit 1 ;;
        spare) echo $$ >> "$folder/spares" ;;
        worker) [ ! -e "$folder/broken" ] || exit 3 ;;
      esac
      read options
      echo '{"type":"ready"}'
      read command
      """;

  @TempDir Path directory;
  private CentralLog log;
  private Supervisor supervisor;

  @BeforeEach
  void start() throws IOException {
    Path java = Files.writeString(directory.resolve("java"), JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    Path jar = Files.createFile(directory.resolve("app.jar"));
    Files.createFile(directory.resolve("spares"));
    Files.createFile(directory.resolve("training"));
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    log =
        CentralLog.open(
            directory.resolve("log"), 100_000, 2, nowhere, LogEntry::toText, Level.INFO);
    WorkersOptions options = WorkersOptions.builder().port(0).workers(1).build();
    JavaProgram program = new JavaProgram(java, jar.toString());
    supervisor = Supervisor.start(options, directory, log, event -> {}, program);
    assertThat(supervisor.started()).succeedsWithin(LIMIT);
  }

  @AfterEach
  void end() throws IOException {
    assertThat(supervisor.close()).succeedsWithin(LIMIT);
    log.close();
  }

  private List<String> spares() throws IOException {
    return Files.readAllLines(directory.resolve("spares"));
  }

  @Test
  void aSpareWorkerWaitsAgainAfterAReloadThatFailed() throws IOException {
    await().until(() -> spares().size() == 1);
    Files.createFile(directory.resolve("broken"));
    assertThat(supervisor.reload())
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withMessageContaining("the replacement of worker 0 ended: exit code 3");
    await().until(() -> spares().size() == 2);
  }

  @Test
  void aSpareWorkerWaitsWhileTheArchiveIsMadeAndTheRunEndsWithTheSupervisor() throws IOException {
    Path file = directory.resolve("training");
    await().until(() -> Files.size(file) > 0 && spares().size() == 1);
    ProcessHandle run = ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).get();
    assertThat(run.isAlive()).isTrue();
    assertThat(supervisor.close()).succeedsWithin(LIMIT);
    await().until(() -> !run.isAlive());
  }

  /** A JVM that starts takes CPU from the workers to which the clients of the dead one come. */
  @Test
  void theNextSpareWorkerStartsOnlyAWhileAfterADeath() throws Exception {
    await().until(() -> spares().size() == 1);
    long worker = supervisor.status().get().getFirst().pid();
    long before = System.nanoTime();
    assertThat(ProcessHandle.of(worker).orElseThrow().destroyForcibly()).isTrue();
    await().until(() -> spares().size() == 2);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(3));
    assertThat(supervisor.status().get().getFirst().pid())
        .isEqualTo(Long.parseLong(spares().getFirst()));
  }
}
