// SPDX-License-Identifier: MIT
package io.socketcluster.store.spi;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The value of a key at the time it was read.
 *
 * @param value is never changed; a {@link MissingNode} if there is none
 * @param stamp tells this value from every other that the key has had or will have; null if there
 *     is none
 */
public record StoredValue(String key, JsonNode value, @Nullable Object stamp) {
  /** Returns what is read of a key without a value. */
  public static StoredValue missing(String key) {
    return new StoredValue(key, MissingNode.getInstance(), null);
  }
}
