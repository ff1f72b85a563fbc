// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The form of an option as data.
 *
 * @param allowed describes the form to a user whose data does not have it
 * @param reader returns the value of the data, or null when the data does not have the form
 */
public record OptionFormat<T>(String allowed, Function<JsonNode, @Nullable T> reader) {
  /** Returns the form of an option that only code can set. */
  public static <T> OptionFormat<T> none() {
    return new OptionFormat<>("what code sets; it has no form as data", data -> null);
  }
}
