// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import io.socketcluster.core.PerMessageDeflate;
import java.util.Optional;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The option {@code perMessageDeflate}, which both ends have. */
public final class DeflateOption {
  private static final OptionFormat<Optional<PerMessageDeflate>> FORM =
      new OptionFormat<>(
          "true, false, or {\"threshold\": 1024, \"level\": 1}", DeflateOption::deflate);

  private DeflateOption() {}

  /** Returns the option; messages are not compressed by default. */
  public static Option<Optional<PerMessageDeflate>> off() {
    return Option.of("perMessageDeflate", Optional.<PerMessageDeflate>empty(), FORM)
        .allowing(
            "threshold",
            value -> value.map(PerMessageDeflate::threshold).orElse(0),
            bytes -> bytes >= 0,
            "0 or more")
        .allowing(
            "level",
            value -> value.map(PerMessageDeflate::level).orElse(1),
            level -> level >= Deflater.BEST_SPEED && level <= Deflater.BEST_COMPRESSION,
            "1 to 9");
  }

  @SuppressWarnings("NullableOptional") // null: no form of it; empty: off
  private static @Nullable Optional<PerMessageDeflate> deflate(JsonNode data) {
    Boolean isOn = StandardFormats.BOOLEAN.reader().apply(data);
    if (isOn != null) {
      return isOn ? Optional.of(PerMessageDeflate.DEFAULT) : Optional.empty();
    }
    DataObject object = DataObject.of(data, "threshold", "level");
    if (object == null) {
      return null;
    }
    PerMessageDeflate on = PerMessageDeflate.DEFAULT;
    Integer threshold = object.field("threshold", StandardFormats.INTEGER, on.threshold());
    Integer level = object.field("level", StandardFormats.INTEGER, on.level());
    return threshold == null || level == null
        ? null
        : Optional.of(on.withThreshold(threshold).withLevel(level));
  }
}
