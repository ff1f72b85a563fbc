// SPDX-License-Identifier: MIT
package io.socketcluster.broker.history;

import io.socketcluster.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A message in the history of a channel. Immutable.
 *
 * @param data what was published, or null if there was none
 * @param isGap whether the broker may have lost messages here, and this is none
 */
public record KeptMessage(long offset, @Nullable Payload data, boolean isGap) {}
