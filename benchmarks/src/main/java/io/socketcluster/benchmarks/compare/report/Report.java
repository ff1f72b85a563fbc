// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.report;

import io.socketcluster.benchmarks.compare.figures.Reading;
import io.socketcluster.benchmarks.compare.figures.Readings;
import io.socketcluster.benchmarks.compare.plan.Section;
import io.socketcluster.benchmarks.compare.plan.Sections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The report of a run: tables to read, and files to keep. */
public record Report(List<Section> sections, Readings readings, Map<String, String> environment) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Returns all tables, as Markdown. */
  public String text() {
    StringBuilder text = new StringBuilder();
    environment.forEach(
        (name, value) -> text.append(name).append(": ").append(value).append("  \n"));
    for (Section section : sections) {
      text.append("\n## ").append(section.title()).append("\n\n").append(table(section));
    }
    return text.toString();
  }

  private String table(Section section) {
    switch (section.id()) {
      case Sections.PEERS -> {
        return new PeersTable(section, readings).text();
      }
      case Sections.GOALS, Sections.REVISION -> {
        return new GoalsTable(section, readings).text();
      }
      case Sections.DOORS -> {
        return new DoorsTable(section, readings).text();
      }
      case Sections.SPRING -> {
        return new SpringTable(section, readings).text();
      }
      case Sections.CLUSTER -> {
        return new ClusterTable(section, readings).text();
      }
      case Sections.WORKERS -> {
        return new WorkersTable(section, readings).text();
      }
      case Sections.HISTORY -> {
        return new HistoryTable(section, readings).text();
      }
      default -> {}
    }
    return section.limits().isEmpty()
        ? new VariantsTable(section, readings).text()
        : new LimitsTable(section, readings).text();
  }

  /** Writes the tables, every reading as JSON and as CSV, and the plots. */
  public void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("tables.md"), text());
    Files.writeString(folder.resolve("readings.json"), json());
    Files.writeString(folder.resolve("readings.csv"), csv());
    for (Map.Entry<String, String> plot : new Plots(sections, readings).all().entrySet()) {
      Files.writeString(folder.resolve(plot.getKey()), plot.getValue());
    }
  }

  private String json() {
    return JSON.writeValueAsString(Map.of("environment", environment, "readings", readings.all()));
  }

  /** One line for each figure. */
  public String csv() {
    StringBuilder lines = new StringBuilder("experiment,contender,round,figure,value\n");
    for (Reading reading : readings.all()) {
      String turn = quoted(reading.experiment()) + "," + quoted(reading.contender());
      for (String figure : new TreeSet<>(reading.figures().keySet())) {
        lines.append(turn).append(',').append(reading.round()).append(',').append(figure);
        lines.append(',').append(reading.figures().get(figure)).append('\n');
      }
    }
    return lines.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
