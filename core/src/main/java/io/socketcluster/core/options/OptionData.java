// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Reads options from a map, JSON or environment variables. Nothing is refused before the check. */
public final class OptionData {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
          .addModule(new SimpleModule().addSerializer(Path.class, ToStringSerializer.instance))
          .build();

  private final OptionSet set;
  private final OptionValues values;

  /** Creates a reader that sets these values. */
  public OptionData(OptionSet set, OptionValues values) {
    this.set = set;
    this.values = values;
  }

  /** Sets each option of a map, by its name. */
  public void readMap(@Nullable Map<String, ?> options) {
    if (options == null) {
      values.refuse("The map of the options is null; allowed: {name=value, ...}");
      return;
    }
    try {
      Map<?, ?> unchecked = options;
      unchecked.forEach((name, value) -> read(name(name), value));
    } catch (RuntimeException e) { // of the map itself, which is not ours
      values.refuse("The map of the options cannot be read; allowed: {name=value, ...}");
    }
  }

  private void read(String name, @Nullable Object value) {
    JsonNode data = node(value);
    if (data == null) {
      values.refuseData(name);
    } else {
      values.read(name, data);
    }
  }

  /** Generics are not checked when a program runs: a name may be anything. */
  private static String name(@Nullable Object name) {
    return name == null || name instanceof String ? "" + name : name.getClass().getName();
  }

  /** Returns a value as data, or null when it cannot be: beans may fail, and contain themselves. */
  private static @Nullable JsonNode node(@Nullable Object value) {
    try {
      return PlainData.isPlain(value) ? JSON.valueToTree(value) : null;
    } catch (RuntimeException | StackOverflowError e) {
      return null;
    }
  }

  /** Sets each option of a JSON object, by its name. */
  public void readJson(@Nullable String json) {
    try {
      readObject(JSON.readTree(json == null ? "null" : json));
    } catch (JacksonException e) {
      refuseJson(place(e.getLocation()));
    }
  }

  private void readObject(JsonNode object) {
    if (object.isObject()) {
      object.properties().forEach(entry -> values.read(entry.getKey(), entry.getValue()));
    } else {
      refuseJson("");
    }
  }

  /** The text may have a secret: no message shows more of it than a place. */
  private void refuseJson(String place) {
    values.refuse("The options are no JSON object" + place + "; allowed: {\"name\": value, ...}");
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  /**
   * Sets options from environment variables: first those of the JSON object in {@code OPTIONS},
   * then each that has a variable of its own. The variable of {@code pingTimeout} is {@code
   * PING_TIMEOUT}, behind the prefix. Other variables with the prefix may be the application's: one
   * is refused only if it looks like a misspelt option.
   *
   * @param foreign longer prefixes, whose variables are set for somebody else
   */
  public void readEnvironment(
      @Nullable Map<String, String> variables, String prefix, String... foreign) {
    if (variables == null) {
      values.refuse("The map of the environment is null; allowed: {name=value, ...}");
      return;
    }
    String json = variables.get(prefix + "OPTIONS");
    if (json != null) {
      readJson(json);
    }
    variables.forEach(
        (variable, value) -> {
          boolean isOurs =
              variable.startsWith(prefix)
                  && !variable.equals(prefix + "OPTIONS")
                  && Arrays.stream(foreign).noneMatch(variable::startsWith);
          if (isOurs) {
            readVariable(variable, variable.substring(prefix.length()), value);
          }
        });
  }

  private void readVariable(String variable, String name, String value) {
    for (Option<?> option : set.options()) {
      if (variableOf(option.name()).equals(name)) {
        values.read(option.name(), variableData(value));
        return;
      }
    }
    String nearest = set.nearest(name.replace("_", ""));
    if (nearest != null) {
      values.refuse(variable + " sets no option; the nearest is " + variableOf(nearest));
    }
  }

  private static JsonNode variableData(String value) {
    String text = value.strip();
    if (text.startsWith("{") || text.startsWith("[")) {
      try {
        return JSON.readTree(text);
      } catch (JacksonException e) {
        return JsonNodeFactory.instance.stringNode(value);
      }
    }
    return JsonNodeFactory.instance.stringNode(value);
  }

  private static String variableOf(String option) {
    return option.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }
}
