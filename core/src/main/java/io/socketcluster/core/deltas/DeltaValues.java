// SPDX-License-Identifier: MIT
package io.socketcluster.core.deltas;

import io.socketcluster.protocol.Payload;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The values that a subscriber keeps, to which the server tells the differences. Belongs to one
 * subscription: its first message tells whether the server sends differences at all, in which case
 * every message has {@link DeltaForm}. Not thread-safe.
 */
public final class DeltaValues {
  private final Map<Integer, JsonNode> values = new HashMap<>();
  private Use use = Use.UNKNOWN;

  private enum Use {
    UNKNOWN,
    DIFFERENCES,
    PLAIN
  }

  /** Begins without any. */
  public DeltaValues() {}

  /** The server is taken to send no differences: messages are returned as they are. */
  public void giveUp() {
    use = Use.PLAIN;
    values.clear();
  }

  /**
   * Returns the value that was published; a whole value in the text in which it was published.
   *
   * @param isFirst whether nothing of an earlier subscription can arrive any more
   * @return null if there was no data
   * @throws IllegalArgumentException if a difference does not fit; the value is forgotten then
   */
  public @Nullable Payload restore(Payload message, boolean isFirst) {
    if (use == Use.PLAIN) {
      return message;
    }
    Map<String, Payload> members = JsonMembers.of(message);
    Payload slot = members.get(DeltaForm.SLOT);
    Payload patch = members.get(DeltaForm.PATCH);
    if (slot == null || members.size() > 2) {
      return bare(message, isFirst);
    }
    if (patch == null) {
      return whole(slotOf(slot), members.get(DeltaForm.VALUE));
    }
    return use == Use.UNKNOWN && isFirst
        ? bare(message, true)
        : patched(slotOf(slot), ExactTree.of(patch));
  }

  /** Data of an application, of whatever form, where the server sends no differences. */
  private Payload bare(Payload message, boolean isFirst) {
    if (isFirst && use == Use.UNKNOWN) {
      use = Use.PLAIN;
    }
    return message;
  }

  private @Nullable Payload whole(int slot, @Nullable Payload value) {
    use = Use.DIFFERENCES;
    if (value != null && slot >= 0 && slot < DeltaForm.SLOTS) {
      values.put(slot, ExactTree.of(value));
    }
    return value;
  }

  private static int slotOf(Payload slot) {
    JsonNode number = slot.node();
    return number.isInt() ? number.intValue() : -1;
  }

  private Payload patched(int slot, JsonNode patch) {
    JsonNode value = values.remove(slot);
    if (value == null) {
      throw new IllegalArgumentException("There is no value that the difference belongs to");
    }
    JsonPatch.apply(value, patch);
    values.put(slot, value);
    return Payload.of(value);
  }
}
