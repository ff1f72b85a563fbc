// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;

/** A process and what it prints. Closing it ends the process and all that it has started. */
public final class ChildProcess implements AutoCloseable {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> allRead;

  private ChildProcess(Process process) {
    this.process = process;
    this.allRead = CompletableFuture.runAsync(this::read, Thread::startVirtualThread);
  }

  public static ChildProcess start(Path directory, List<String> command) {
    try {
      return new ChildProcess(
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("Could not start " + command, e);
    }
  }

  /** The process never waits for anybody to read. */
  private void read() {
    process.inputReader().lines().forEach(lines::add);
  }

  /** Returns the lines printed so far. */
  public List<String> lines() {
    return lines;
  }

  /** Returns whether the process is no more. */
  public boolean hasEnded() {
    return !process.isAlive();
  }

  /** Returns all that was printed so far. */
  public String output() {
    return String.join("\n", lines);
  }

  /** Returns the first line that fits, when it has been printed. */
  public String awaitLine(Predicate<String> wanted, Duration timeout) {
    return awaitLines(wanted, 1, timeout).getFirst();
  }

  /** Returns the lines that fit, when at least so many have been printed. */
  List<String> awaitLines(Predicate<String> wanted, int count, Duration timeout) {
    try {
      await()
          .atMost(timeout)
          .pollInterval(POLL_INTERVAL)
          .until(() -> allRead.isDone() || lines.stream().filter(wanted).count() >= count);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("Not the line within " + timeout + "\n" + output(), e);
    }
    List<String> found = lines.stream().filter(wanted).toList();
    if (found.size() < count) {
      throw new AssertionError("The process ended too early\n" + output());
    }
    return found;
  }

  /** Returns the exit status. */
  public int awaitEnd(Duration timeout) {
    try {
      allRead.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return process.waitFor();
    } catch (TimeoutException e) {
      throw new AssertionError("No end within " + timeout + "\n" + output(), e);
    } catch (ExecutionException e) {
      throw new AssertionError("The output could not be read\n" + output(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while the process ran\n" + output(), e);
    }
  }

  /** Gives the process a line to read. */
  public void type(String line) {
    try {
      process.outputWriter().write(line + "\n");
      process.outputWriter().flush();
    } catch (IOException e) {
      throw new UncheckedIOException("The process reads no more\n" + output(), e);
    }
  }

  /** Lets the input of the process end. */
  void endInput() {
    try {
      process.outputWriter().close();
    } catch (IOException e) {
      throw new UncheckedIOException("The process reads no more\n" + output(), e);
    }
  }

  /** Asks the process to end. */
  public void askToEnd() {
    process.destroy();
  }

  @Override
  public void close() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }
}
