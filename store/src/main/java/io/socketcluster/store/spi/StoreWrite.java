// SPDX-License-Identifier: MIT
package io.socketcluster.store.spi;

import io.socketcluster.store.StoreChange;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A new value of a key.
 *
 * @param value is never changed; a {@link MissingNode} removes the key
 * @param bytes the size of the value as JSON, about
 * @param expiry the new expiry of the key; null leaves it as it is
 * @param change what to tell of it
 */
public record StoreWrite(
    JsonNode value, int bytes, @Nullable Duration expiry, StoreChange change) {}
