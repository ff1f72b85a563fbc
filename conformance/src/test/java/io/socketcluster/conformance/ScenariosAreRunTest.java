// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A scenario that nobody runs proves nothing. */
class ScenariosAreRunTest {
  private static final Path TESTS = Path.of("src/test/java/io/socketcluster/conformance");
  private static final Path README = Path.of("README.md");

  @Test
  void everyScenarioHasATest() throws IOException {
    String tests =
        filesOf(TESTS)
            .filter(file -> file.toString().endsWith("IT.java"))
            .map(ScenariosAreRunTest::read)
            .collect(Collectors.joining());
    assertThat(scenarios())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(tests).contains("Scenario.named(\"" + name + "\")"));
  }

  @Test
  void everyScenarioIsInTheTable() throws IOException {
    String readme = read(README);
    assertThat(scenarios()).allSatisfy(name -> assertThat(readme).contains("| `" + name + "` |"));
  }

  private static List<String> scenarios() throws IOException {
    return filesOf(Scenario.SCRIPTS.resolve("scenarios"))
        .map(file -> file.getFileName().toString().replace(".mjs", ""))
        .toList();
  }

  private static Stream<Path> filesOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory).filter(Files::isRegularFile)) {
      return files.toList().stream();
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
