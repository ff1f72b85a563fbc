// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.socketcluster.server.AGServerOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The properties {@code socketcluster.*} as options of a server. Each option has the property of
 * its name, {@code pingInterval} that of {@code socketcluster.ping-interval}, in any spelling that
 * Spring Boot accepts.
 */
final class SocketClusterProperties {
  private static final String PREFIX = "socketcluster.";

  /** The properties that are none of the server's options. */
  private static final Set<String> OWN = Set.of("enabled", "port");

  private final ConfigurableEnvironment environment;
  private final Binder binder;

  SocketClusterProperties(ConfigurableEnvironment environment) {
    this.environment = environment;
    this.binder = Binder.get(environment);
  }

  /**
   * Returns the options that are set. {@code build} refuses those that no option has, and those
   * with values that are not allowed.
   */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    for (String name : AGServerOptions.names()) {
      Object value = value(PREFIX + kebab(name));
      if (value != null) {
        options.put(name, value);
      }
    }
    unknown().forEach(name -> options.put(name, ""));
    return options;
  }

  private @Nullable Object value(String property) {
    Object text = binder.bind(property, Bindable.of(Object.class)).orElse(null);
    if (text != null) {
      return text;
    }
    Map<String, Object> parts =
        binder.bind(property, Bindable.mapOf(String.class, Object.class)).orElse(null);
    return parts == null ? null : plain(parts);
  }

  /** Spring Boot gives a list as a map by index. */
  private static Object plain(Map<?, ?> parts) {
    boolean isList = parts.keySet().stream().allMatch(key -> key.toString().matches("\\d+"));
    if (isList) {
      List<Object> values = new ArrayList<>();
      parts.values().forEach(value -> values.add(plainValue(value)));
      return values;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    parts.forEach((key, value) -> values.put(camel(key.toString()), plainValue(value)));
    return values;
  }

  private static Object plainValue(Object value) {
    return value instanceof Map<?, ?> parts ? plain(parts) : value;
  }

  /** Variables of the environment may be meant for others than this application. */
  private Set<String> unknown() {
    Set<String> known =
        AGServerOptions.names().stream()
            .map(SocketClusterProperties::uniform)
            .collect(Collectors.toSet());
    return environment.getPropertySources().stream()
        .filter(EnumerablePropertySource.class::isInstance)
        .filter(
            source ->
                !source
                    .getName()
                    .equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME))
        .flatMap(source -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()))
        .filter(name -> name.startsWith(PREFIX))
        .map(name -> name.substring(PREFIX.length()).split("[.\\[]", 2)[0])
        .filter(name -> !known.contains(uniform(name)) && !OWN.contains(uniform(name)))
        .map(SocketClusterProperties::camel)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns a name in the form in which all its spellings are alike. */
  private static String uniform(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  /** Returns the canonical spelling of a property for the name of an option. */
  static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("-", -1)) {
      if (word.isEmpty()) {
        continue;
      }
      camel
          .append(
              camel.isEmpty()
                  ? word.substring(0, 1)
                  : word.substring(0, 1).toUpperCase(Locale.ROOT))
          .append(word.substring(1));
    }
    return camel.toString();
  }

  /** Returns the port of the server's own, or null if it shares that of the application. */
  @Nullable Integer port() {
    return binder.bind(PREFIX + "port", Integer.class).orElse(null);
  }
}
