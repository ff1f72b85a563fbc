// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every member that docs/api-coverage.md names exists, and what has none gives its reason. */
class ApiCoverageTest {
  private static final int COLUMNS = 3;
  private static final String NONE = "-";
  private static final String DOCUMENT = "docs/api-coverage.md";
  private static final String HEADING = "## ";

  /** A row without a counterpart, and the names in it. */
  private static final Pattern MISSING = Pattern.compile("^\\| `([^`]+)` \\| - \\|");

  private static final Pattern MEMBER_NAME = Pattern.compile("(\\w+)(?:\\(.*?\\))?");

  /** A type, perhaps nested, and what it has: AGServer.clients, AGAction.Type.INVOKE. */
  private static final Pattern MEMBER =
      Pattern.compile("`((?:[A-Z]\\w*\\.)+)(\\w+)(?:\\((.*?)\\))?`");

  private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w*)(?:<\\w+>)?`");

  private static final List<String> PACKAGES =
      List.of(
          "server",
          "server.netty",
          "client",
          "broker",
          "core",
          "stream",
          "protocol",
          "protocol.errors");

  static Stream<List<String>> rows() throws IOException {
    return MarkdownTable.rows(DOCUMENT, COLUMNS).stream();
  }

  @Test
  void theTableIsThere() throws IOException {
    assertThat(rows().count()).isGreaterThan(200);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whatIsNamedExistsAndWhatIsMissingHasAReason(List<String> row) {
    String ours = row.get(1);
    if (ours.equals(NONE)) {
      assertThat(row.get(2)).as("the reason why there is no %s", row.get(0)).hasSizeGreaterThan(10);
      return;
    }
    assertThat(MEMBER.matcher(ours).find() || TYPE.matcher(ours).find())
        .as("%s names a type or a member", ours)
        .isTrue();
    MEMBER.matcher(ours).results().forEach(ApiCoverageTest::assertExists);
    TYPE.matcher(ours).results().forEach(found -> existing(found.group(1)));
  }

  /** A row that says that there is none is not true any more once there is. */
  @Test
  void whatIsSaidToBeMissingIsMissing() throws IOException {
    String section = "";
    for (String line : Files.readAllLines(Path.of("..", DOCUMENT))) {
      Matcher row = MISSING.matcher(line);
      if (line.startsWith(HEADING)) {
        section = capitalized(line.substring(HEADING.length()));
      } else if (row.find()) {
        Class<?> type = existing(section);
        Stream<String> missing = MEMBER_NAME.matcher(row.group(1)).results().map(it -> it.group(1));
        assertThat(members(type)).as(section).doesNotContainAnyElementsOf(missing.toList());
      }
    }
  }

  /** A module of JavaScript is a class here: socketClusterClient. */
  private static String capitalized(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** The arguments of a type are its members: ServerEvent.Closed(socket, code, reason). */
  private static void assertExists(MatchResult found) {
    String qualifier = found.group(1).replace('.', '$');
    String member = found.group(2);
    if (find(qualifier + member) == null) {
      assertThat(members(existing(qualifier.substring(0, qualifier.length() - 1))))
          .as("the members of %s", qualifier)
          .contains(member);
    } else {
      assertThat(members(existing(qualifier + member)))
          .as("the members of %s%s", qualifier, member)
          .containsAll(arguments(found));
    }
  }

  private static List<String> arguments(MatchResult found) {
    String arguments = found.group(3);
    return arguments == null ? List.of() : List.of(arguments.split(", "));
  }

  private static Class<?> existing(String name) {
    Class<?> type = find(name);
    if (type == null) {
      throw new AssertionError("There is no type " + name);
    }
    return type;
  }

  private static @Nullable Class<?> find(String name) {
    return PACKAGES.stream()
        .map(each -> inPackage(each, name))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Class<?> inPackage(String part, String name) {
    try {
      return Class.forName("io.socketcluster." + part + "." + name);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static List<String> members(Class<?> type) {
    return Stream.concat(
            Arrays.stream(type.getMethods()).map(method -> method.getName()),
            Arrays.stream(type.getFields()).map(field -> field.getName()))
        .distinct()
        .toList();
  }
}
