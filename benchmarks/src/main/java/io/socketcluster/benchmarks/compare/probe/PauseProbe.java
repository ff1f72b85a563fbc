// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A load, and for how long the JVM stood still meanwhile, the warm-up included. The contender has
 * to write {@link #LOG_OPTION}.
 */
public record PauseProbe(LoadProbe load) implements Probe {
  public static final String LOG_OPTION = "-Xlog:safepoint";

  private static final Pattern PAUSE =
      Pattern.compile("^\\[([0-9.]+)s\\].*Safepoint .* Total: *([0-9]+) ns");

  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    Map<String, Double> figures = new HashMap<>(load.measure(contender, lab));
    try (Stream<String> lines = Files.lines(lab.log())) {
      figures.putAll(pauses(lines.toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return figures;
  }

  /** Returns how many pauses a log has, the longest, and their part of the time it covers. */
  public static Map<String, Double> pauses(List<String> log) {
    List<MatchResult> pauses = log.stream().flatMap(line -> PAUSE.matcher(line).results()).toList();
    double[] millis = pauses.stream().mapToDouble(PauseProbe::millis).toArray();
    double uptime = pauses.isEmpty() ? 1 : Double.parseDouble(pauses.getLast().group(1));
    double sum = 0;
    double longest = 0;
    for (double pause : millis) {
      sum += pause;
      longest = Math.max(longest, pause);
    }
    return Map.of(
        Figure.PAUSES.key(),
        (double) millis.length,
        Figure.PAUSE_MAX.key(),
        longest,
        Figure.PAUSE_SHARE.key(),
        sum / 1000 / uptime * 100);
  }

  private static double millis(MatchResult pause) {
    return Long.parseLong(pause.group(2)) / NANOS_PER_MILLI;
  }
}
