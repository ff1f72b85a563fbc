// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code CLIENTS.md} names tests that there are, and no test of foreign clients is left out. */
class ClientsTableTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final List<String> OF_FOREIGN_CLIENTS =
      List.of("ForeignClientsTest", "ForeignApplicationsIT", "RuntimesIT", "PongsTest");
  private static final int TEST_COLUMN = 6;
  private static final int COLUMNS = 8;
  private static final Pattern ROW = Pattern.compile("^\\| .*\\|$", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
  private static final Pattern TEST =
      Pattern.compile("@(?:Parameterized)?Test\\b(?:(?!\\bvoid\\b)[\\s\\S])*\\bvoid (\\w+)\\(");

  private static List<List<String>> rows() {
    return ROW.matcher(read(Path.of("CLIENTS.md")))
        .results()
        .map(row -> List.of(row.group().substring(2).split(" *\\| ?", -1)))
        .filter(cells -> !cells.getFirst().equals("client"))
        .filter(cells -> !cells.getFirst().equals("application"))
        .toList();
  }

  private static List<MatchResult> namesIn(List<String> cells) {
    return NAME.matcher(cells.get(TEST_COLUMN)).results().toList();
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
            name -> assertThat(testsOf(name.group(1))).as(name.group()).contains(name.group(2)));
  }

  @Test
  void everyTestOfForeignClientsIsNamed() {
    String table = read(Path.of("CLIENTS.md"));
    for (String testClass : OF_FOREIGN_CLIENTS) {
      assertThat(testsOf(testClass))
          .isNotEmpty()
          .allSatisfy(test -> assertThat(table).contains("`" + testClass + "." + test + "`"));
    }
  }

  private static List<String> testsOf(String testClass) {
    String file = testClass + ".java";
    try (Stream<Path> modules = Files.list(REPOSITORY)) {
      return modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .flatMap(ClientsTableTest::filesUnder)
          .filter(each -> each.endsWith(file))
          .flatMap(each -> TEST.matcher(read(each)).results())
          .map(test -> test.group(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> filesUnder(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
