// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.server.AGServerOptions;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the tables of options say is what the builders take and what they begin with. */
class OptionsTableTest {
  private static final int COLUMNS = 6;
  private static final int NAME = 0;
  private static final int TYPE = 1;
  private static final int DEFAULT = 2;

  /** Their defaults depend on the machine or on other options. */
  private static final Set<String> COMPUTED =
      Set.of("eventLoops", "httpConcurrency", "socketMemoryLimit");

  /** They set other options. */
  private static final Set<String> SHORTHANDS = Set.of("uri", "trustedCertificates");

  /** A document and what it describes. */
  record Table(String document, Class<?> builder, Object defaults) {
    private Stream<Row> rows() throws IOException {
      return MarkdownTable.rows(document, COLUMNS).stream().map(cells -> new Row(this, cells));
    }

    private List<Method> setters() {
      return Stream.<Class<?>>iterate(builder, type -> type != Object.class, Class::getSuperclass)
          .flatMap(type -> Arrays.stream(type.getDeclaredMethods())) // in files of their own
          .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
          .filter(method -> method.getReturnType() == builder)
          .filter(method -> !method.getName().startsWith("from")) // they set all of them
          .toList();
    }
  }

  record Row(Table table, List<String> cells) {
    String name() {
      return unquoted(cells.get(NAME));
    }
  }

  static List<Table> tables() {
    return List.of(
        new Table("docs/options.md", AGServerOptions.Builder.class, AGServerOptions.DEFAULT),
        new Table(
            "docs/client-options.md", AGClientOptions.Builder.class, AGClientOptions.DEFAULT));
  }

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Table table : tables()) {
      table.rows().forEach(rows::add);
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyOptionHasOneRow(Table table) throws IOException {
    assertThat(table.rows().map(Row::name))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            table.setters().stream().map(Method::getName).distinct().toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theTypeIsThatOfTheSetter(Row row) {
    assertThat(row.cells().get(TYPE).split(" or "))
        .extracting(OptionsTableTest::unquoted)
        .containsExactlyInAnyOrderElementsOf(
            row.table().setters().stream()
                .filter(setter -> setter.getName().equals(row.name()))
                .map(OptionsTableTest::typeOf)
                .toList());
  }

  private static String typeOf(Method setter) {
    String types =
        Arrays.stream(setter.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", "));
    return setter.isVarArgs() ? types.replace("[]", "...") : types;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theDefaultIsThatOfTheBuilder(Row row) throws ReflectiveOperationException {
    String expected = SHORTHANDS.contains(row.name()) ? null : writtenDefault(row);
    String cell = row.cells().get(DEFAULT);
    if (expected == null || COMPUTED.contains(row.name())) {
      assertThat(cell).as("described in words").isNotEmpty().isNotEqualTo("-");
    } else {
      assertThat(unquoted(cell)).isEqualTo(expected);
    }
  }

  private static @Nullable String writtenDefault(Row row) throws ReflectiveOperationException {
    Object defaults = row.table().defaults;
    return written(accessorOf(defaults.getClass(), row.name()).invoke(defaults));
  }

  /** An option that can be set more than once is told in the plural. */
  private static Method accessorOf(Class<?> options, String name) throws NoSuchMethodException {
    return Arrays.stream(options.getMethods())
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
      case String text -> text.isEmpty() ? null : text;
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
