// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code COVERAGE.md} names every case of the reference, and tests that exist and run. */
class CoverageTest {
  private static final Path COVERAGE = Path.of("COVERAGE.md");
  private static final int CASES_OF_THE_SERVER = 77;
  private static final int CASES_OF_THE_CLIENT = 40;

  /** A row of a table: the number of the case, what it asserts, and our tests. */
  private record Row(int number, String tests) {
    private static final Pattern FORM =
        Pattern.compile("^\\| (\\d+) \\| [^|]+ \\| ([^|]+) \\|.*\\|$", Pattern.MULTILINE);

    static List<Row> all() {
      return FORM.matcher(NamedTests.read(COVERAGE))
          .results()
          .map(row -> new Row(Integer.parseInt(row.group(1)), row.group(2)))
          .toList();
    }

    Stream<MatchResult> testNames() {
      return NamedTests.in(tests).stream();
    }
  }

  @Test
  void everyCaseHasOneRow() {
    IntStream numbers =
        IntStream.concat(
            IntStream.rangeClosed(1, CASES_OF_THE_SERVER),
            IntStream.rangeClosed(1, CASES_OF_THE_CLIENT));
    assertThat(Row.all().stream().map(Row::number))
        .containsExactlyElementsOf(numbers.boxed().toList());
  }

  @Test
  void everyCaseNamesATest() {
    assertThat(Row.all()).allSatisfy(row -> assertThat(row.testNames()).isNotEmpty());
  }

  @Test
  void everyTestThatIsNamedExists() {
    assertThat(Row.all().stream().flatMap(Row::testNames))
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(NamedTests.of(name.group(1))).as(name.group()).contains(name.group(2)));
  }

  @Test
  void everyClassOfCasesRunsAgainstBothServers() {
    assertThat(NamedTests.sources().stream().filter(CoverageTest::hasCases))
        .hasSizeGreaterThan(5)
        .allSatisfy(
            cases -> {
              assertThat(NamedTests.read(sibling(cases, "Test")))
                  .contains("super(OurServer::start");
              assertThat(NamedTests.read(sibling(cases, "IT")))
                  .contains("super(ReferenceServer::start");
            });
  }

  private static boolean hasCases(Path file) {
    return file.toString().endsWith("Cases.java") && !file.endsWith("ClientCases.java");
  }

  /** Returns ConnectingTest or ConnectingIT of ConnectingCases. */
  private static Path sibling(Path cases, String ending) {
    return cases.resolveSibling(cases.getFileName().toString().replace("Cases", ending));
  }
}
