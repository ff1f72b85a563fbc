// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code REPORTS.md} has a row for each report, each with tests that exist. */
class ReportsTest {
  private static final int COLUMNS = 5;

  private static List<List<String>> rows() {
    return NamedTests.read(Path.of("REPORTS.md"))
        .lines()
        .filter(line -> line.matches("\\| [A-E]\\d+ \\|.*\\|"))
        .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
        .toList();
  }

  private static Stream<String> numbered(String letter, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(number -> letter + number);
  }

  @Test
  void everyReportHasOneRow() {
    assertThat(rows().stream().map(List::getFirst))
        .containsExactlyElementsOf(
            Stream.of(
                    numbered("A", 4),
                    numbered("B", 6),
                    numbered("C", 9),
                    numbered("D", 14),
                    numbered("E", 11))
                .flatMap(numbers -> numbers)
                .toList());
  }

  @Test
  void everyRowIsCompleteAndNamesATest() {
    assertThat(rows())
        .allSatisfy(
            cells -> {
              assertThat(cells).hasSize(COLUMNS).doesNotContain("");
              assertThat(NamedTests.in(cells.get(3))).isNotEmpty();
            });
  }

  @Test
  void everyTestThatIsNamedExists() {
    assertThat(rows().stream().flatMap(cells -> NamedTests.in(cells.get(3)).stream()))
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(NamedTests.of(name.group(1))).as(name.group()).contains(name.group(2)));
  }
}
