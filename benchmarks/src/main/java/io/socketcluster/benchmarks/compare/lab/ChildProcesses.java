// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The processes that this one has started and that have not ended. They end with it, however it
 * ends: each by its own id. Thread-safe.
 */
public final class ChildProcesses {
  private static final long GRACE_SECONDS = 10;

  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();

  private boolean closed; // guarded by lock

  public ChildProcesses() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::endAll));
  }

  /**
   * Starts a process that writes errors to {@code log}, and what it prints too or to us.
   *
   * @throws MeasurementException when all of them are ending: one that is started now would be left
   */
  public Process start(List<String> command, File log, boolean readsOutput) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.appendTo(log));
    if (!readsOutput) {
      builder.redirectOutput(Redirect.appendTo(log));
    }
    lock.lock();
    try {
      if (closed) {
        throw new MeasurementException("interrupted");
      }
      Process process = builder.start();
      running.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException("could not start " + command, e);
    } finally {
      lock.unlock();
    }
  }

  /** Ends a process and waits for it. */
  public void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    running.remove(process);
  }

  /** Ends a process at once and waits for it. */
  public void kill(Process process) {
    process.destroyForcibly().onExit().join();
    running.remove(process);
  }

  /** Ends all of them, and from now on nothing is started. */
  public void endAll() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    running.forEach(this::end);
  }
}
