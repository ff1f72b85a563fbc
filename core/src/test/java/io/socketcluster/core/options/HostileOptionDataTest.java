// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Options as data that no program means to give: each is refused by a message of one line. */
@Timeout(120)
class HostileOptionDataTest {
  private static final OptionSet OPTIONS = new OptionSet(Map.of());

  private static final Option<Integer> LIMIT = OPTIONS.add(Option.integer("limit", 1));
  private static final Option<Duration> WAIT =
      OPTIONS.add(Option.duration("wait", Duration.ofSeconds(1)));
  private static final Option<List<String>> NAMES = OPTIONS.add(Option.texts("names"));
  private static final Option<String> KEY = OPTIONS.add(Option.text("key").secret());

  private static InvalidOptionsError refusalOf(Map<String, ?> options) {
    OptionValues values = new OptionValues(OPTIONS);
    new OptionData(OPTIONS, values).readMap(options);
    return catchThrowableOfType(InvalidOptionsError.class, values::check);
  }

  private static Object listInItself() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    return list;
  }

  private static Map<String, Object> mapInItself() {
    Map<String, Object> map = new HashMap<>();
    map.put("self", map);
    return map;
  }

  private static Object arrayInItself() {
    Object[] array = new Object[1];
    array[0] = array;
    return array;
  }

  private static Object circleOfTwo() {
    Map<String, Object> one = new HashMap<>();
    one.put("other", List.of(one));
    return one;
  }

  private static Object referenceToItself() {
    AtomicReference<Object> reference = new AtomicReference<>();
    reference.set(reference);
    return reference;
  }

  private static Object deep(int depth) {
    Object value = "in the middle";
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? List.of(value) : Collections.singletonMap("in", value);
    }
    return value;
  }

  private static JsonNode deepTree() {
    return new JsonMapper().readTree("[".repeat(400) + "]".repeat(400));
  }

  private static Iterable<String> endless() {
    return new Iterable<>() {
      @Override
      public Iterator<String> iterator() {
        return Stream.generate(() -> "again").iterator();
      }
    };
  }

  /** A bean of an application. */
  public static final class Failing {
    @SuppressWarnings("DoNotCallSuggester") // that it fails is what it is for
    public String getName() {
      throw new UnsupportedOperationException("Not now");
    }
  }

  /** A bean of an application. */
  public static final class Child {
    private final Child parent = this;

    public List<Child> getParents() {
      return List.of(parent);
    }
  }

  private static Map<String, Object> changing() {
    return new AbstractMap<>() {
      @Override
      public Set<Entry<String, Object>> entrySet() {
        throw new ConcurrentModificationException("Changed by another thread");
      }
    };
  }

  private static List<Object> values() {
    return Arrays.asList(
        null,
        listInItself(),
        mapInItself(),
        arrayInItself(),
        circleOfTwo(),
        referenceToItself(),
        deep(100),
        deep(100_000),
        deepTree(),
        endless(),
        Stream.of(1),
        new Failing(),
        new Child(),
        changing(),
        new Object(),
        Thread.currentThread(),
        new IllegalStateException("An error"),
        new ByteArrayInputStream(new byte[1]),
        Double.NaN,
        new BigDecimal("1E+1000000000"),
        BigInteger.TWO.pow(100_000),
        "x".repeat(1_000_000),
        "two\nlines",
        Arrays.asList("a", null),
        List.of(List.of("a")),
        Map.of("a", 1),
        true);
  }

  static Stream<Arguments> hostile() {
    return Stream.of("limit", "wait", "names")
        .flatMap(
            name ->
                values().stream()
                    .filter(value -> !(name.equals("names") && value instanceof String))
                    .map(value -> Arguments.argumentSet(name, name, value)));
  }

  @ParameterizedTest
  @MethodSource
  void hostile(String name, Object value) {
    InvalidOptionsError refusal = refusalOf(Collections.singletonMap(name, value));

    assertThat(refusal).as("refused").isNotNull();
    assertThat(refusal.getMessage())
        .startsWith(name + " is ")
        .contains("; allowed: ")
        .doesNotContain("\n")
        .hasSizeLessThan(600);
  }

  @Test
  void namesThatAreNoTextAreNoOptions() {
    Map<Object, Object> names = new HashMap<>();
    names.put(null, 1);
    names.put(7, 1);
    names.put("x".repeat(100_000), 1);
    names.put("two\nlines", 1);
    names.put(new Nameless(), 1);
    @SuppressWarnings("unchecked") // as a program may do by mistake
    Map<String, ?> given = (Map<String, ?>) (Map<?, ?>) names;

    String message = refusalOf(given).getMessage();

    assertThat(message.lines().toList())
        .hasSize(5)
        .allMatch(line -> line.contains(" is no option"));
    assertThat(message).hasSizeLessThan(2000);
  }

  /** A key of a map. */
  private static final class Nameless {
    @Override
    public String toString() {
      throw new IllegalStateException("No name");
    }
  }

  @Test
  void aMapThatCannotBeReadIsRefused() {
    assertThat(refusalOf(changing()).getMessage()).startsWith("The map of the options");
  }

  @Test
  void noMessageShowsASecret() {
    for (Object value : List.of(deep(100), listInItself(), List.of("sesame"), 1234567)) {
      assertThat(refusalOf(Map.of("key", value)).getMessage())
          .startsWith("key is ")
          .doesNotContain("sesame", "1234567");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "1",
        "\"text\"",
        "{",
        "{}{}",
        "{\"limit\":1,\"limit\":2}",
        "{\"limit\":1e400}",
        "{\"limit\":99999999999999999999}",
        "{\"wait\":\"PT99999999999999999999S\"}",
        "{\"wait\":-9223372036854775808}",
        "{\"names\":{\"0\":\"a\"}}",
        "{\"\\u0000\":1}",
        "\uFEFF",
      })
  void jsonThatIsNoOptionsIsRefused(String json) {
    OptionValues values = new OptionValues(OPTIONS);
    new OptionData(OPTIONS, values).readJson(json);
    boolean isTime = json.contains("-922");

    if (!isTime) { // a bound of the option refuses it
      assertThat(catchThrowableOfType(InvalidOptionsError.class, values::check)).isNotNull();
    }
  }

  @Test
  void jsonThatIsTooDeepIsRefused() {
    String deep = "{\"limit\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    OptionValues values = new OptionValues(OPTIONS);
    new OptionData(OPTIONS, values).readJson(deep);

    assertThat(catchThrowableOfType(InvalidOptionsError.class, values::check)).isNotNull();
  }

  @Test
  void aVariableThatIsTooDeepIsRefused() {
    OptionValues values = new OptionValues(OPTIONS);
    new OptionData(OPTIONS, values)
        .readEnvironment(Map.of("X_LIMIT", "[".repeat(100_000), "X_WAIT", "{\"a\":"), "X_");

    String message = catchThrowableOfType(InvalidOptionsError.class, values::check).getMessage();
    assertThat(message.lines()).hasSize(2);
    assertThat(message).hasSizeLessThan(1000);
  }

  @Test
  void whatIsDataIsTaken() {
    OptionValues values = new OptionValues(OPTIONS);
    new OptionData(OPTIONS, values)
        .readMap(
            Map.of("limit", 7L, "wait", Duration.ofMinutes(1), "names", new String[] {"a", "b"}));
    values.check();

    assertThat(values.get(LIMIT)).isEqualTo(7);
    assertThat(values.get(WAIT)).isEqualTo(Duration.ofMinutes(1));
    assertThat(values.find(NAMES)).containsExactly("a", "b");
    assertThat(values.find(KEY)).isNull();
  }
}
