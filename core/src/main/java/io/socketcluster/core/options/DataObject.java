// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An object among the data of options, which has known fields only. */
public final class DataObject {
  private final JsonNode data;

  private DataObject(JsonNode data) {
    this.data = data;
  }

  /** Returns the object, or null when the data is none or has a field of another name. */
  public static @Nullable DataObject of(JsonNode data, String... fields) {
    boolean isKnown = data.isObject() && Set.of(fields).containsAll(data.propertyNames());
    return isKnown ? new DataObject(data) : null;
  }

  /** Returns whether the object has a field. */
  public boolean has(String name) {
    return data.has(name);
  }

  /** Returns the value of a field, or null when it is absent or has another form. */
  public <T> @Nullable T field(String name, OptionFormat<T> format) {
    return field(name, format, null);
  }

  /** Returns the value of a field, or the other one when it is absent; null in another form. */
  public <T> @Nullable T field(String name, OptionFormat<T> format, @Nullable T absent) {
    JsonNode value = data.get(name);
    return value == null ? absent : format.reader().apply(value);
  }
}
