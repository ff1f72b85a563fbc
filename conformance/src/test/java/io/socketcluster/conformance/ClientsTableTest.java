// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code CLIENTS.md} names tests that there are, and no test of foreign clients is left out. */
class ClientsTableTest {
  private static final List<String> OF_FOREIGN_CLIENTS =
      List.of("ForeignClientsTest", "ForeignApplicationsIT", "RuntimesIT", "PongsTest");
  private static final int TEST_COLUMN = 6;
  private static final int COLUMNS = 8;
  private static final Pattern ROW = Pattern.compile("^\\| .*\\|$", Pattern.MULTILINE);

  private static List<List<String>> rows() {
    return ROW.matcher(NamedTests.read(Path.of("CLIENTS.md")))
        .results()
        .map(row -> List.of(row.group().substring(2).split(" *\\| ?", -1)))
        .filter(cells -> !cells.getFirst().equals("client"))
        .filter(cells -> !cells.getFirst().equals("application"))
        .toList();
  }

  private static List<MatchResult> namesIn(List<String> cells) {
    return NamedTests.in(cells.get(TEST_COLUMN));
  }

  @Test
  void everyRowIsComplete() {
    assertThat(rows())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            cells -> {
              assertThat(cells).hasSize(COLUMNS + 1); // nothing behind the last bar
              assertThat(cells.subList(0, TEST_COLUMN + 1)).doesNotContain("");
              assertThat(namesIn(cells)).isNotEmpty();
            });
  }

  @Test
  void everyTestThatIsNamedExists() {
    assertThat(rows().stream().flatMap(cells -> namesIn(cells).stream()))
        .allSatisfy(
            name ->
                assertThat(NamedTests.of(name.group(1))).as(name.group()).contains(name.group(2)));
  }

  @Test
  void everyTestOfForeignClientsIsNamed() {
    String table = NamedTests.read(Path.of("CLIENTS.md"));
    for (String testClass : OF_FOREIGN_CLIENTS) {
      assertThat(NamedTests.of(testClass))
          .isNotEmpty()
          .allSatisfy(test -> assertThat(table).contains("`" + testClass + "." + test + "`"));
    }
  }
}
