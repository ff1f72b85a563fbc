// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.broker.history.HistoryStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses what a reader gets of the messages of a channel. Immutable.
 *
 * @param after the offset behind which the chosen entries follow
 * @param chosen without a hole
 */
record Selection(long after, List<Entry> chosen) {
  /**
   * Chooses within the bounds.
   *
   * @param all what the stream has of the channel, at least one entry
   * @param isKnown whether nothing is missing between the start and the first entry
   * @param byteLimit about how many bytes to choose at most; at least one entry if there is any
   */
  static Selection of(
      List<Entry> all,
      HistoryStart start,
      boolean isKnown,
      HistoryBounds bounds,
      int byteLimit,
      Instant now) {
    int first = firstWithin(all, bounds, now);
    long before = first > 0 ? all.get(first - 1).offset() : all.getFirst().offset() - 1;
    int from;
    long after;
    if (start.epoch() == null) {
      from = Math.max(first, all.size() - start.newest());
      after = from > first ? all.get(from - 1).offset() : before;
    } else {
      boolean isComplete = first == 0 && isKnown && start.offset() >= 0;
      after = isComplete ? start.offset() : Math.max(before, start.offset());
      from = first;
    }
    return new Selection(after, page(all.subList(from, all.size()), after, byteLimit));
  }

  /** Returns the index of the oldest entry that is within the bounds. */
  private static int firstWithin(List<Entry> all, HistoryBounds bounds, Instant now) {
    Instant oldest = now.minus(bounds.age());
    int first = all.size();
    long bytes = 0;
    while (first > 0) {
      Entry next = all.get(first - 1);
      bytes += HistoryBounds.OVERHEAD + next.size();
      boolean isWithin = all.size() - first < bounds.size() && bytes <= bounds.bytes();
      if (!isWithin || !next.at().isAfter(oldest)) {
        break;
      }
      first--;
    }
    return first;
  }

  private static List<Entry> page(List<Entry> candidates, long after, int byteLimit) {
    List<Entry> page = new ArrayList<>();
    long bytes = 0;
    for (Entry each : candidates) {
      if (each.offset() > after) {
        if (bytes >= byteLimit) {
          break;
        }
        page.add(each);
        bytes += HistoryBounds.OVERHEAD + each.size();
      }
    }
    return page;
  }
}
