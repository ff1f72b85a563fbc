// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import io.socketcluster.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A place in a history. Immutable.
 *
 * @param epoch the life of the history that the offset belongs to
 * @param note what a subscriber is told of the place, or null
 */
public record Place(String epoch, long offset, @Nullable Payload note) {
  static Place of(Envelope envelope, long offset) {
    return new Place(envelope.epoch(), offset, null);
  }
}
