// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare;

import io.socketcluster.benchmarks.compare.figures.Readings;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.lab.Descriptors;
import io.socketcluster.benchmarks.compare.lab.Environment;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.MeasurementException;
import io.socketcluster.benchmarks.compare.lab.Tools;
import io.socketcluster.benchmarks.compare.plan.Section;
import io.socketcluster.benchmarks.compare.plan.Sections;
import io.socketcluster.benchmarks.compare.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code bin/bench} runs, once everything is built. */
public final class Bench {
  private static final int CORES_LEAST = 2;

  private Bench() {}

  /**
   * Measures, prints the tables and writes the results.
   *
   * @param args as {@code bin/bench} has them, which runs in the root of the project
   */
  public static void main(String[] args) throws IOException {
    try {
      if (List.of(args).equals(List.of("--list"))) {
        list();
      } else {
        run(BenchOptions.parse(args));
      }
    } catch (MeasurementException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(1);
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.err.print(BenchOptions.USAGE);
      System.exit(2);
    }
  }

  private static void list() {
    Tools tools = new Tools(Path.of("").toAbsolutePath());
    Contenders contenders = new Contenders(tools);
    for (Section section : new Sections(contenders, tools, List.of(), Integer.MAX_VALUE).all()) {
      System.out.println(section.id() + ": " + section.title());
      section.experiments().forEach(experiment -> System.out.println("  " + experiment.id()));
    }
    System.out.println("servers: " + String.join(", ", Contenders.ALL));
  }

  private static void run(BenchOptions options) throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    if (cores < CORES_LEAST) {
      throw new IllegalArgumentException("the server and the load need a core each; there is one");
    }
    Tools tools = new Tools(Path.of("").toAbsolutePath());
    Contenders contenders = new Contenders(tools);
    List<Contender> peers = options.servers().stream().map(contenders::named).toList();
    int most = Descriptors.mostConnections();
    List<Section> all = new Sections(contenders, tools, peers, most).all();
    List<Section> sections = options.revision(contenders).orElseGet(() -> options.choose(all));
    Path out = Files.createDirectories(options.out());
    Lab lab = new Lab(tools, options.effort(), out.resolve("server.log"));
    Readings readings = new Rounds(lab, sections).run();
    Report report = new Report(sections, readings, Environment.here(options.effort()));
    System.out.print(report.text());
    report.write(out);
    System.err.println("Results: " + out);
    int missing = options.effort().rounds() * turns(sections) - readings.all().size();
    if (missing > 0) {
      throw new MeasurementException(missing + " measurements failed: see above");
    }
  }

  private static int turns(List<Section> sections) {
    return sections.stream()
        .flatMap(section -> section.experiments().stream())
        .mapToInt(experiment -> experiment.contenders().size())
        .sum();
  }
}
