// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import io.socketcluster.core.ProtocolVersion;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The forms that many options share. Text is taken for every type: environments have no other. */
public final class StandardFormats {
  /** True or false. */
  public static final OptionFormat<Boolean> BOOLEAN =
      new OptionFormat<>("true or false", StandardFormats::bool);

  /** A whole number of 32 bits. */
  public static final OptionFormat<Integer> INTEGER =
      new OptionFormat<>("a whole number", StandardFormats::integer);

  /** A whole number of 64 bits. */
  public static final OptionFormat<Long> LONG =
      new OptionFormat<>("a whole number", StandardFormats::longInteger);

  /** A time; a number counts milliseconds. */
  public static final OptionFormat<Duration> MILLISECONDS =
      new OptionFormat<>(
          "milliseconds, a time like 500ms, 20s, 5m, 1h or 1d, or one of ISO 8601 like PT20S",
          data -> duration(data, "ms"));

  /** A time; a number counts seconds. */
  public static final OptionFormat<Duration> SECONDS =
      new OptionFormat<>(
          "seconds, a time like 500ms, 20s, 5m, 1h or 1d, or one of ISO 8601 like PT20S",
          data -> duration(data, "s"));

  /** A text. */
  public static final OptionFormat<String> TEXT =
      new OptionFormat<>("text", data -> data.isString() ? data.stringValue() : null);

  /** A version of the protocol; a number, too. */
  public static final OptionFormat<ProtocolVersion> PROTOCOL_VERSION =
      new OptionFormat<>("1, 2 or DETECT", StandardFormats::protocolVersion);

  /** A list of texts, or one text with commas or spaces between them. */
  public static final OptionFormat<List<String>> TEXTS =
      new OptionFormat<>(
          "a list of texts, or a text with commas between them", StandardFormats::texts);

  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private static final Pattern TIME = Pattern.compile("(-?\\d{1,18})\\s*(ms|s|m|h|d)?");
  private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");

  private StandardFormats() {}

  /** Returns the form of an enum: the name of a constant, in any case. */
  public static <E extends Enum<E>> OptionFormat<E> constant(Class<E> type) {
    E[] constants = type.getEnumConstants();
    return new OptionFormat<>(
        "one of " + Arrays.toString(constants), data -> constantOf(constants, data));
  }

  private static <E extends Enum<E>> @Nullable E constantOf(E[] constants, JsonNode data) {
    String name = data.asString("").strip().replace('-', '_');
    for (E constant : constants) {
      if (constant.name().equalsIgnoreCase(name)) {
        return constant;
      }
    }
    return null;
  }

  private static @Nullable ProtocolVersion protocolVersion(JsonNode data) {
    return switch (data.asString("").toUpperCase(Locale.ROOT)) {
      case "1", "V1" -> ProtocolVersion.V1;
      case "2", "V2" -> ProtocolVersion.V2;
      case "DETECT" -> ProtocolVersion.DETECT;
      default -> null;
    };
  }

  private static @Nullable Boolean bool(JsonNode data) {
    return switch (data.asString("").strip().toLowerCase(Locale.ROOT)) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> null;
    };
  }

  private static @Nullable Integer integer(JsonNode data) {
    try {
      return data.isIntegralNumber() || data.isString()
          ? Integer.valueOf(data.asString().strip())
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Long longInteger(JsonNode data) {
    try {
      return data.isIntegralNumber() || data.isString()
          ? Long.valueOf(data.asString().strip())
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Duration duration(JsonNode data, String unit) {
    if (!data.isIntegralNumber() && !data.isString()) {
      return null;
    }
    String text = data.asString().strip();
    Matcher time = TIME.matcher(text);
    try {
      if (!time.matches()) {
        return Duration.parse(text);
      }
      String given = time.group(2) == null ? unit : time.group(2);
      return UNITS.getOrDefault(given, Duration.ZERO).multipliedBy(Long.parseLong(time.group(1)));
    } catch (DateTimeParseException | ArithmeticException e) {
      return null;
    }
  }

  private static @Nullable List<String> texts(JsonNode data) {
    if (data.isString()) {
      return SEPARATOR.splitAsStream(data.stringValue()).filter(text -> !text.isEmpty()).toList();
    }
    if (!data.isArray()) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : data) {
      if (!element.isString()) {
        return null;
      }
      texts.add(element.stringValue());
    }
    return List.copyOf(texts);
  }
}
