// SPDX-License-Identifier: MIT
package io.socketcluster.broker.history;

import java.util.List;

/**
 * A part of the history of a channel. Immutable.
 *
 * @param epoch the epoch of the history
 * @param after the offset behind which the messages follow. If it is another than the one that was
 *     asked for, the messages between are not kept any more, or the epoch is another
 * @param messages what follows, without a hole
 * @param through the offset up to which the page is complete: that of its last message, or more
 * @param lastOffset the end of the history: every later message has a greater offset. The page is
 *     the last one if it is complete through this offset
 */
public record HistoryPage(
    String epoch, long after, List<KeptMessage> messages, long through, long lastOffset) {
  /** Creates a page with an unmodifiable copy of the messages. */
  public HistoryPage {
    messages = List.copyOf(messages);
  }

  /** Returns whether nothing follows this page now. */
  public boolean isLast() {
    return through >= lastOffset;
  }
}
