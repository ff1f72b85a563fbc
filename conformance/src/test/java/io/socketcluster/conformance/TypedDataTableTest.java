// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.socketcluster.codec.minbin.MinBinCodec;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Year;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/** The table in {@code docs/typed-data.md} says what becomes of a value in a type. */
class TypedDataTableTest {
  private static final List<Class<?>> CLASSES =
      List.of(
          int.class,
          Integer.class,
          long.class,
          short.class,
          byte.class,
          float.class,
          double.class,
          boolean.class,
          Boolean.class,
          char.class,
          BigInteger.class,
          BigDecimal.class,
          Number.class,
          OptionalInt.class,
          AtomicLong.class,
          String.class,
          Color.class,
          Buy.class,
          int[].class,
          boolean[].class,
          String[].class,
          byte[].class,
          Instant.class,
          OffsetDateTime.class,
          LocalDate.class,
          Duration.class,
          Date.class,
          Month.class,
          Year.class,
          UUID.class,
          URI.class,
          Pet.class,
          Object.class,
          TimeZone.class,
          IntNode.class,
          StringNode.class,
          JsonNode.class);

  enum Color {
    RED
  }

  record Buy(@Nullable String item, int count) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes(@JsonSubTypes.Type(value = Cat.class, name = "cat"))
  interface Pet {}

  record Cat(int lives) implements Pet {}

  private static Map<String, Type> types() {
    Map<String, Type> types = new HashMap<>();
    CLASSES.forEach(type -> types.put(type.getSimpleName(), type));
    types.put("List<Integer>", new TypeReference<List<Integer>>() {}.getType());
    types.put("Map<String, Integer>", new TypeReference<Map<String, Integer>>() {}.getType());
    types.put("Map<Byte, Integer>", new TypeReference<Map<Byte, Integer>>() {}.getType());
    types.put(
        "Map<BigDecimal, Integer>", new TypeReference<Map<BigDecimal, Integer>>() {}.getType());
    types.put("Map<Integer, Integer>", new TypeReference<Map<Integer, Integer>>() {}.getType());
    types.put("Map<Double, Integer>", new TypeReference<Map<Double, Integer>>() {}.getType());
    types.put("Map<Date, Integer>", new TypeReference<Map<Date, Integer>>() {}.getType());
    return types;
  }

  static Stream<List<String>> rows() throws IOException {
    return MarkdownTable.rows("docs/typed-data.md", 3).stream()
        .filter(cells -> !cells.getFirst().startsWith("a "));
  }

  private static String plain(String cell) {
    return cell.startsWith("`") ? cell.substring(1, cell.length() - 1) : cell;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aValueBecomesWhatTheTableSays(List<String> row) {
    Type type = Objects.requireNonNull(types().get(plain(row.get(0))), row.get(0));
    byte[] json = plain(row.get(1)).getBytes(UTF_8);
    Payload sent = Payload.ofJson(json, 0, json.length);

    check(type, received(new JsonCodec(), sent), row.get(2));
    if (survivesMinBin(sent)) {
      check(type, received(new MinBinCodec(), sent), row.get(2));
    }
  }

  /** Numbers are doubles there: what cannot be sent cannot be received either. */
  private static boolean survivesMinBin(Payload sent) {
    return !sent.toString().matches("1[.]0{10,}1|900719.*|1e-?10001|9223372036854775808|1[.]10");
  }

  private static Payload received(CodecEngine codec, Payload sent) {
    EventPacket packet =
        (EventPacket) codec.decode(codec.encode(EventPacket.transmit("x", sent))).getFirst();
    return Objects.requireNonNull(packet.data());
  }

  private static void check(Type type, Payload received, String expected) {
    TypeReference<Object> reference =
        new TypeReference<>() {
          @Override
          public Type getType() {
            return type;
          }
        };
    if (expected.equals("refused")) {
      assertThatThrownBy(() -> received.as(reference)).isInstanceOf(InvalidArgumentsError.class);
    } else {
      String wanted = expected.equals("an empty string") ? "" : plain(expected);
      assertThat(text(received.as(reference))).isEqualTo(wanted);
    }
  }

  private static String text(@Nullable Object value) {
    if (value == null || !value.getClass().isArray()) {
      return String.valueOf(value);
    }
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(value); i++) {
      elements.add(Array.get(value, i));
    }
    return elements.toString();
  }
}
