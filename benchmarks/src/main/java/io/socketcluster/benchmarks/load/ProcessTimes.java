// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the CPU time of processes from the operating system. */
public record ProcessTimes(List<Long> pids) {
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final Duration TICK = Duration.ofMillis(10);

  public ProcessTimes {
    pids = List.copyOf(pids);
  }

  /** Returns the CPU that the processes have had, user and system. */
  public Duration all() throws IOException {
    Duration all = Duration.ZERO;
    for (long pid : pids) {
      all = all.plus(Task.read(directory(pid).resolve("stat")).cpu);
    }
    return all;
  }

  /** Returns the CPU that the compilers of the JVMs have had. */
  public Duration compilers() throws IOException {
    return compilerThreads().stream().map(Task::cpu).reduce(Duration.ZERO, Duration::plus);
  }

  /** Returns whether a process is a JVM, whose compilers are known by name. */
  public boolean hasCompilers() throws IOException {
    return !compilerThreads().isEmpty();
  }

  private List<Task> compilerThreads() throws IOException {
    List<Task> compilers = new ArrayList<>();
    for (long pid : pids) {
      try (Stream<Path> threads = Files.list(directory(pid).resolve("task"))) {
        for (Path thread : (Iterable<Path>) threads::iterator) {
          Task.readIfAlive(thread.resolve("stat"))
              .filter(Task::isCompiler)
              .ifPresent(compilers::add);
        }
      }
    }
    return compilers;
  }

  private static Path directory(long pid) {
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
