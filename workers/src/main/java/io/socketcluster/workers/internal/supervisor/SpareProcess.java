// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import io.socketcluster.workers.internal.process.JavaCommand;
import io.socketcluster.workers.internal.process.JavaProcess;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that has started ahead of time, has used the library once, and waits for its first message:
 * a worker that dies is replaced by it at once. It runs no part of the application before. Used on
 * the supervisor's loop.
 */
final class SpareProcess {
  private final JavaCommand command;
  private @Nullable JavaProcess spare;

  SpareProcess(JavaCommand command) {
    this.command = command;
  }

  /** Returns the process of the next worker: the one that waits, or a new one. */
  JavaProcess take() throws IOException {
    JavaProcess waiting = spare;
    spare = null;
    return waiting != null && waiting.isAlive() ? waiting : JavaProcess.start(command.worker());
  }

  /** Starts a process if none waits. */
  void prepare() throws IOException {
    if (spare == null || !spare.isAlive()) {
      spare = JavaProcess.start(command.spare());
    }
  }

  /** Ends the process that waits: its classes are old, or no worker will follow. */
  void discard() {
    if (spare != null) {
      spare.kill();
      spare = null;
    }
  }
}
