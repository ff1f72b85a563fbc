// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Commands of processes that get the CPU only while no other process wants it. */
final class LowPriority {
  private static final String PROGRAM = "nice";
  private static final String LOWEST = "19";

  private LowPriority() {}

  /** Returns the command of such a process; the command itself where the system has no nice. */
  static List<String> of(List<String> command) {
    return of(command, Objects.requireNonNullElse(System.getenv("PATH"), ""));
  }

  static List<String> of(List<String> command, String path) {
    if (Arrays.stream(path.split(File.pathSeparator)).noneMatch(LowPriority::hasProgram)) {
      return command;
    }
    List<String> low = new ArrayList<>(List.of(PROGRAM, "-n", LOWEST));
    low.addAll(command);
    return low;
  }

  private static boolean hasProgram(String folder) {
    return !folder.isEmpty() && Files.isExecutable(Path.of(folder, PROGRAM));
  }
}
