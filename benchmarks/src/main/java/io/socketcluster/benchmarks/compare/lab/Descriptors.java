// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How many connections a process may have here. */
public final class Descriptors {
  /** For files, libraries and what else a server has open. */
  private static final int SPARE = 500;

  private static final int ROUND_TO = 1000;
  private static final Pattern HARD_LIMIT = Pattern.compile("^Max open files +\\S+ +(\\S+)");

  private Descriptors() {}

  /** Returns how many connections the hard limit of descriptors leaves room for. */
  public static int mostConnections() throws IOException {
    try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
      return limits
          .map(HARD_LIMIT::matcher)
          .filter(Matcher::find)
          .mapToInt(limit -> mostConnections(limit.group(1)))
          .findFirst()
          .orElse(Integer.MAX_VALUE);
    }
  }

  public static int mostConnections(String hardLimit) {
    if (hardLimit.equals("unlimited")) {
      return Integer.MAX_VALUE;
    }
    long most = Math.min(Long.parseLong(hardLimit), Integer.MAX_VALUE) - SPARE;
    return (int) (most > ROUND_TO ? most / ROUND_TO * ROUND_TO : Math.max(1, most));
  }
}
