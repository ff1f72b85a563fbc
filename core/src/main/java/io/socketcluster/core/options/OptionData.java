// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads options from a map, JSON or environment variables. Nothing is refused before the check. */
public final class OptionData {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final OptionSet set;
  private final OptionValues values;

  /** Creates a reader that sets these values. */
  public OptionData(OptionSet set, OptionValues values) {
    this.set = set;
    this.values = values;
  }

  /** Sets each option of a map, by its name. */
  public void readMap(Map<String, ?> options) {
    options.forEach((name, value) -> values.read(String.valueOf(name), node(name, value)));
  }

  private JsonNode node(String name, @Nullable Object value) {
    try {
      return value instanceof Enum<?> constant
          ? JsonNodeFactory.instance.stringNode(constant.name())
          : JSON.valueToTree(value);
    } catch (JacksonException | IllegalArgumentException e) {
      values.refuse(name + " is no data; allowed: text, numbers, true and false, lists and maps");
      return JsonNodeFactory.instance.missingNode();
    }
  }

  /** Sets each option of a JSON object, by its name. */
  public void readJson(String json) {
    JsonNode object = parsed(json);
    if (object == null || !object.isObject()) {
      values.refuse("The options are no JSON object; allowed: {\"name\": value, ...}");
      return;
    }
    object.properties().forEach(entry -> values.read(entry.getKey(), entry.getValue()));
  }

  /** The text may have a secret: it is in no message. */
  private static @Nullable JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      return null;
    }
  }

  /**
   * Sets options from environment variables: first those of the JSON object in {@code OPTIONS},
   * then each that has a variable of its own. The variable of {@code pingTimeout} is {@code
   * PING_TIMEOUT}, behind the prefix. Other variables with the prefix may be the application's: one
   * is refused only if it looks like a misspelt option.
   */
  public void readEnvironment(Map<String, String> variables, String prefix) {
    String json = variables.get(prefix + "OPTIONS");
    if (json != null) {
      readJson(json);
    }
    variables.forEach(
        (variable, value) -> {
          if (variable.startsWith(prefix) && !variable.equals(prefix + "OPTIONS")) {
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
    JsonNode structured = text.startsWith("{") || text.startsWith("[") ? parsed(text) : null;
    return structured == null ? JsonNodeFactory.instance.stringNode(value) : structured;
  }

  private static String variableOf(String option) {
    return option.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }
}
