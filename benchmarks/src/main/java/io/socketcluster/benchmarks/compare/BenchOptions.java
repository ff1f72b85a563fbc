// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare;

import io.socketcluster.benchmarks.Arguments;
import io.socketcluster.benchmarks.compare.lab.Contenders;
import io.socketcluster.benchmarks.compare.lab.Effort;
import io.socketcluster.benchmarks.compare.plan.RevisionSection;
import io.socketcluster.benchmarks.compare.plan.Section;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code bin/bench} was asked for.
 *
 * @param only the sections and experiments to run; all when empty
 * @param servers those that the peers' experiments are run on
 * @param out where the results go
 */
record BenchOptions(List<String> only, List<String> servers, Effort effort, Path out) {
  static final String USAGE =
      """
      usage: bin/bench [--only NAME,NAME...] [--servers NAME,NAME...] [--rounds 3] [--secs 5]
                       [--warmup 10] [--out benchmarks/target/results]
             bin/bench --compare REV [--rounds 3] [--secs 2] [--warmup 4]
                                      the fast rows on the work tree and on another revision
             bin/bench --list         says which names there are
             bin/bench --jmh [...]    runs the JMH benchmarks instead; their arguments follow
      """;

  private static final int ROUNDS_MAX = 100;
  private static final int SECONDS_MAX = 600;

  /**
   * Reads the arguments of the command.
   *
   * @throws IllegalArgumentException when they make no sense
   */
  static BenchOptions parse(String[] args) {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("only", "");
    defaults.put("servers", String.join(",", Contenders.ALL));
    defaults.put("rounds", "3");
    defaults.put("secs", "5");
    defaults.put("warmup", "10");
    defaults.put("out", "benchmarks/target/results");
    Arguments arguments = Arguments.parse(args, defaults);
    return new BenchOptions(
        names(arguments.text("only")),
        names(arguments.text("servers")),
        new Effort(
            arguments.number("rounds", 1, ROUNDS_MAX),
            arguments.number("secs", 1, SECONDS_MAX),
            arguments.number("warmup", 0, SECONDS_MAX)),
        Path.of(arguments.text("out")));
  }

  /** Returns what is measured of another revision, if bin/bench has built one. */
  Optional<List<Section>> revision(Contenders contenders) {
    return Optional.ofNullable(System.getProperty("benchmarks.revision"))
        .map(jar -> List.of(new RevisionSection(contenders, Path.of(jar)).section()));
  }

  private static List<String> names(String text) {
    return Stream.of(text.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
  }

  /**
   * Returns the sections with what was asked for, in their order.
   *
   * @throws IllegalArgumentException when a name is unknown
   */
  List<Section> choose(List<Section> sections) {
    if (only.isEmpty()) {
      return sections;
    }
    for (String name : only) {
      if (sections.stream().noneMatch(section -> isOrHas(section, name))) {
        throw new IllegalArgumentException("there is nothing called " + name + "; see --list");
      }
    }
    return sections.stream().map(this::chosen).filter(s -> !s.experiments().isEmpty()).toList();
  }

  private Section chosen(Section section) {
    return only.contains(section.id())
        ? section
        : section.with(
            section.experiments().stream().filter(each -> only.contains(each.id())).toList());
  }

  private static boolean isOrHas(Section section, String name) {
    return section.id().equals(name)
        || section.experiments().stream().anyMatch(each -> each.id().equals(name));
  }
}
