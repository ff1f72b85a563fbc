// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import io.socketcluster.workers.internal.process.ClassArchive;
import io.socketcluster.workers.internal.process.JavaCommand;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The short run that makes the archive of classes which later processes start with. Used on the
 * supervisor's loop.
 */
final class ArchiveRun {
  private final SupervisorLoop loop;
  private final ClassArchive archive;
  private final JavaCommand command;
  private final Report report;
  private @Nullable Process process;

  ArchiveRun(SupervisorLoop loop, ClassArchive archive, JavaCommand command, Report report) {
    this.loop = loop;
    this.archive = archive;
    this.command = command;
    this.report = report;
  }

  /** Starts the run if the archive is missing. */
  void start() {
    if (!archive.isMissing()) {
      return;
    }
    try {
      Process started =
          new ProcessBuilder(command.training())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process = started;
      started.onExit().thenAccept(done -> loop.run(() -> finish(done.exitValue())));
    } catch (IOException e) {
      report.info("No archive of classes can be made: " + e.getMessage());
    }
  }

  private void finish(int status) {
    process = null;
    try {
      archive.finish(status);
    } catch (IOException e) {
      report.info("The archive of classes cannot be used: " + e.getMessage());
    }
  }

  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
