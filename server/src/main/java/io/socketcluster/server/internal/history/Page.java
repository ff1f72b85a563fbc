// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.internal.history.Envelope.Note;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages behind a place in a history. Immutable.
 *
 * @param note what is told before the messages, or null
 * @param through the place behind the messages
 * @param isLast whether there is nothing more at this moment
 */
public record Page(
    String channel,
    Envelope envelope,
    @Nullable Payload note,
    List<Kept> messages,
    Place through,
    boolean isLast) {
  /** Returns data with the position of a message. */
  public Payload around(Kept kept, @Nullable Payload data) {
    return envelope.message(kept.offset(), data);
  }

  /** Returns what a subscriber is told of a gap. */
  public Payload noteOf(Kept gap) {
    return envelope.note(gap.offset(), Note.BROKER);
  }
}
