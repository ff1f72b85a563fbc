// SPDX-License-Identifier: MIT
package io.socketcluster.core.deltas;

import io.socketcluster.protocol.Payload;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The values that a subscriber keeps, to which the server tells the differences. Not thread-safe.
 */
public final class DeltaValues {
  private final Map<Integer, JsonNode> values = new HashMap<>();

  /** Begins without any. */
  public DeltaValues() {}

  /** Forgets them: the server begins again with whole values. */
  public void clear() {
    values.clear();
  }

  /**
   * Returns the value that was published. What is not in {@link DeltaForm} is returned as it is.
   *
   * @throws IllegalArgumentException if a difference does not fit; the value is forgotten then
   */
  public @Nullable Payload restore(Payload message) {
    JsonNode node = message.node();
    JsonNode slot = node.get(DeltaForm.SLOT);
    if (slot == null) {
      return message;
    }
    JsonNode patch = node.get(DeltaForm.PATCH);
    JsonNode value = patch == null ? node.get(DeltaForm.VALUE) : patched(slot.intValue(-1), patch);
    if (patch == null && value != null && isKept(slot)) {
      values.put(slot.intValue(), value);
    }
    return value == null ? null : Payload.of(value);
  }

  private static boolean isKept(JsonNode slot) {
    return slot.isInt() && slot.intValue() >= 0 && slot.intValue() < DeltaForm.SLOTS;
  }

  private JsonNode patched(int slot, JsonNode patch) {
    JsonNode value = values.remove(slot);
    if (value == null) {
      throw new IllegalArgumentException("There is no value that the difference belongs to");
    }
    JsonPatch.apply(value, patch);
    values.put(slot, value);
    return value;
  }
}
