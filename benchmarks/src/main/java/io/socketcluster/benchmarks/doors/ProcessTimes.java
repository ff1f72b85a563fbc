// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.doors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the CPU time and the memory of a process from the operating system. */
final class ProcessTimes {
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  private ProcessTimes() {}

  /** Returns the CPU that a process has had, user and system, in ticks. */
  static long ofProcess(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    List<String> behindName = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    return Long.parseLong(behindName.get(USER)) + Long.parseLong(behindName.get(SYSTEM));
  }
}
