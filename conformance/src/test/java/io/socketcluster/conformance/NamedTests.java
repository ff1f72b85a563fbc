// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests of all modules, as documents name them: {@code `SomeTest.someMethod`}. */
final class NamedTests {
  private static final Path REPOSITORY = Path.of("..");
  private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|IT|Cases))\\.(\\w+)`");
  private static final Pattern TEST =
      Pattern.compile("@(?:Parameterized)?Test\\b(?:(?!\\bvoid\\b)[\\s\\S])*\\bvoid (\\w+)\\(");

  private NamedTests() {}

  /** Returns the names in a text; group 1 is the class and group 2 the method. */
  static List<MatchResult> in(String text) {
    return NAME.matcher(text).results().toList();
  }

  /** Returns the methods of a test class; empty when there is no such class. */
  static List<String> of(String testClass) {
    String file = testClass + ".java";
    return sources().stream()
        .filter(each -> each.endsWith(file))
        .flatMap(each -> TEST.matcher(read(each)).results())
        .map(test -> test.group(1))
        .toList();
  }

  /** Returns the files of the tests of all modules. */
  static List<Path> sources() {
    try (Stream<Path> modules = Files.list(REPOSITORY)) {
      return modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .flatMap(NamedTests::filesUnder)
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

  /** Returns the text of a file. */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
