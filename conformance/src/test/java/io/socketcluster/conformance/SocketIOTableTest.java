// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code SOCKETIO.md} has a row for each test of the old server, with tests that exist. */
class SocketIOTableTest {
  private static final int TESTS = 31;

  private static List<List<String>> rows() {
    return NamedTests.read(Path.of("SOCKETIO.md"))
        .lines()
        .filter(line -> line.matches("\\| [a-z-]+ \\|.*\\|") && !line.startsWith("| file |"))
        .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
        .toList();
  }

  @Test
  void everyTestHasARowOfItsOwn() {
    assertThat(rows().stream().map(cells -> cells.getFirst() + ": " + cells.get(1)))
        .hasSize(TESTS)
        .doesNotHaveDuplicates();
  }

  @Test
  void everyRowNamesTestsThatExist() {
    assertThat(rows())
        .allSatisfy(
            cells -> {
              assertThat(cells).hasSize(4).doesNotContain("");
              assertThat(NamedTests.in(cells.getLast()))
                  .isNotEmpty()
                  .allSatisfy(
                      name ->
                          assertThat(NamedTests.of(name.group(1)))
                              .as(name.group())
                              .contains(name.group(2)));
            });
  }
}
