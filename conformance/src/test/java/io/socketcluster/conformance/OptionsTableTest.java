// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerOptionsBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/options.md says of the options is what the builder takes and what it begins with. */
class OptionsTableTest {
  private static final int COLUMNS = 6;
  private static final int NAME = 0;
  private static final int TYPE = 1;
  private static final int DEFAULT = 2;

  static Stream<List<String>> rows() throws IOException {
    return MarkdownTable.rows("docs/options.md", COLUMNS).stream();
  }

  private static List<Method> setters() {
    return Arrays.stream(AGServerOptionsBuilder.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.getReturnType() == AGServerOptionsBuilder.class)
        .toList();
  }

  @Test
  void everyOptionHasOneRow() throws IOException {
    assertThat(rows().map(row -> unquoted(row.get(NAME))))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            setters().stream().map(Method::getName).distinct().toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theTypeIsThatOfTheSetter(List<String> row) {
    String name = unquoted(row.get(NAME));
    assertThat(row.get(TYPE).split(" or "))
        .extracting(OptionsTableTest::unquoted)
        .containsExactlyInAnyOrderElementsOf(
            setters().stream()
                .filter(setter -> setter.getName().equals(name))
                .map(OptionsTableTest::typeOf)
                .toList());
  }

  private static String typeOf(Method setter) {
    String type = setter.getParameterTypes()[0].getSimpleName();
    return setter.isVarArgs() ? type.replace("[]", "...") : type;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theDefaultIsThatOfTheBuilder(List<String> row) throws ReflectiveOperationException {
    Method accessor = accessorOf(unquoted(row.get(NAME)));
    String expected = written(accessor.invoke(AGServerOptions.defaults()));
    if (expected == null || accessor.getName().equals("eventLoops")) {
      assertThat(row.get(DEFAULT)).as("described in words").isNotEmpty().isNotEqualTo("-");
    } else {
      assertThat(unquoted(row.get(DEFAULT))).isEqualTo(expected);
    }
  }

  /** An option that can be set more than once is told in the plural. */
  private static Method accessorOf(String name) throws NoSuchMethodException {
    return Arrays.stream(AGServerOptions.class.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .filter(method -> List.of(name, name + "s").contains(method.getName()))
        .findFirst()
        .orElseThrow(() -> new NoSuchMethodException(name));
  }

  /** Returns a default as the table has it, or null when only words can tell it. */
  private static @Nullable String written(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Boolean bool -> bool.toString();
      case Integer number -> number.toString();
      case String text -> text;
      case Enum<?> constant -> constant.name();
      case Duration duration -> written(duration);
      case List<?> list when !list.isEmpty() && list.stream().allMatch(String.class::isInstance) ->
          String.join(", ", list.stream().map(String.class::cast).toList());
      default -> null;
    };
  }

  private static String written(Duration duration) {
    if (duration.isZero()) {
      return "0";
    }
    if (duration.equals(Duration.ofDays(duration.toDays()))) {
      return String.format(
          Locale.ROOT, duration.toDays() == 1 ? "%d day" : "%d days", duration.toDays());
    }
    boolean whole = duration.equals(Duration.ofSeconds(duration.toSeconds()));
    return whole ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
  }

  private static String unquoted(String cell) {
    return cell.startsWith("`") && cell.endsWith("`") ? cell.substring(1, cell.length() - 1) : cell;
  }
}
