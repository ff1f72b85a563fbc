// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import io.socketcluster.core.options.DataObject;
import io.socketcluster.core.options.OptionFormat;
import io.socketcluster.core.options.StandardFormats;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.store.StoreOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The limits of the workers' store as data: the option {@code storeOptions}. */
public final class StoreSettings {
  private static final int LARGEST_VALUE = 32 << 20;

  private StoreSettings() {}

  /**
   * Returns the limits in data; the defaults without data.
   *
   * @throws InvalidOptionsError if they are refused
   */
  public static StoreOptions parse(@Nullable JsonNode data) {
    if (data == null) {
      return StoreOptions.DEFAULT;
    }
    StoreOptions.Builder builder = StoreOptions.builder();
    Fields fields = new Fields(data);
    fields.read("keyLimit", StandardFormats.INTEGER, builder::keyLimit);
    fields.read("byteLimit", StandardFormats.LONG, builder::byteLimit);
    fields.read("valueLimit", StandardFormats.INTEGER, builder::valueLimit);
    fields.read("depthLimit", StandardFormats.INTEGER, builder::depthLimit);
    fields.read("keyLengthLimit", StandardFormats.INTEGER, builder::keyLengthLimit);
    fields.read("timeout", StandardFormats.MILLISECONDS, builder::timeout);
    return checked(builder);
  }

  private static StoreOptions checked(StoreOptions.Builder builder) {
    StoreOptions options;
    try {
      options = builder.build();
    } catch (InvalidOptionsError e) {
      throw new InvalidOptionsError("storeOptions." + e.getMessage());
    }
    if (options.valueLimit() > LARGEST_VALUE) {
      throw new InvalidOptionsError(
          "storeOptions.valueLimit is "
              + options.valueLimit()
              + "; allowed: 1 to "
              + LARGEST_VALUE
              + " for workers");
    }
    return options;
  }

  private static final class Fields {
    private static final String ALLOWED =
        "an object with keyLimit, byteLimit, valueLimit, depthLimit, keyLengthLimit, timeout";

    private final DataObject object;

    Fields(JsonNode data) {
      DataObject known =
          DataObject.of(
              data,
              "keyLimit",
              "byteLimit",
              "valueLimit",
              "depthLimit",
              "keyLengthLimit",
              "timeout");
      if (known == null) {
        throw new InvalidOptionsError("storeOptions is " + data + "; allowed: " + ALLOWED);
      }
      object = known;
    }

    <T> void read(String name, OptionFormat<T> format, Consumer<T> setter) {
      if (object.has(name)) {
        T value = object.field(name, format);
        if (value == null) {
          throw new InvalidOptionsError(
              "storeOptions." + name + " has another form; allowed: " + format.allowed());
        }
        setter.accept(value);
      }
    }
  }

  /** Returns data that makes the same limits. */
  public static ObjectNode toData(StoreOptions options) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("keyLimit", options.keyLimit())
        .put("byteLimit", options.byteLimit())
        .put("valueLimit", options.valueLimit())
        .put("depthLimit", options.depthLimit())
        .put("keyLengthLimit", options.keyLengthLimit())
        .put("timeout", options.timeout().toMillis());
  }
}
