// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A load, and the code with which the server closed the last socket that it closed: the client may
 * never read it. The contender has to be one that tells.
 */
public record CloseCodeProbe(Probe load) implements Probe {
  private static final Pattern CLOSED = Pattern.compile("^closed with (\\d+)$");

  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    Map<String, Double> figures = new HashMap<>(load.measure(contender, lab));
    try (Stream<String> lines = Files.lines(lab.log())) {
      lastCode(lines).ifPresent(code -> figures.put(Figure.CLOSE_CODE.key(), code));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return figures;
  }

  public static OptionalDouble lastCode(Stream<String> log) {
    return log.map(CLOSED::matcher)
        .flatMap(Matcher::results)
        .mapToDouble(result -> Double.parseDouble(result.group(1)))
        .reduce((first, second) -> second);
  }
}
