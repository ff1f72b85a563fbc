// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.doors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the CPU time of a process from the operating system. */
record ProcessTimes(long pid) {
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final Duration TICK = Duration.ofMillis(10);

  /** Returns the CPU that the process has had, user and system. */
  Duration all() throws IOException {
    return Task.read(directory().resolve("stat")).cpu;
  }

  /** Returns the CPU that the compilers of a JVM have had. */
  Duration compilers() throws IOException {
    return compilerThreads().stream().map(Task::cpu).reduce(Duration.ZERO, Duration::plus);
  }

  /** Whether the process is a JVM, whose compilers are known by name. */
  boolean hasCompilers() throws IOException {
    return !compilerThreads().isEmpty();
  }

  private List<Task> compilerThreads() throws IOException {
    List<Task> compilers = new ArrayList<>();
    try (Stream<Path> threads = Files.list(directory().resolve("task"))) {
      for (Path thread : (Iterable<Path>) threads::iterator) {
        Task.readIfAlive(thread.resolve("stat")).filter(Task::isCompiler).ifPresent(compilers::add);
      }
    }
    return compilers;
  }

  private Path directory() {
    return Path.of("/proc", Long.toString(pid));
  }

  /** A process or a thread. */
  private record Task(String name, Duration cpu) {
    static Task read(Path stat) throws IOException {
      String text = Files.readString(stat);
      int end = text.lastIndexOf(')');
      List<String> behindName = List.of(text.substring(end + 2).split(" "));
      long ticks = Long.parseLong(behindName.get(USER)) + Long.parseLong(behindName.get(SYSTEM));
      return new Task(text.substring(text.indexOf('(') + 1, end), TICK.multipliedBy(ticks));
    }

    static Optional<Task> readIfAlive(Path stat) throws IOException {
      try {
        return Optional.of(read(stat));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }

    boolean isCompiler() {
      return name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler");
    }
  }
}
