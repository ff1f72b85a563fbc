// SPDX-License-Identifier: MIT
package io.socketcluster.store.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** The keys that will expire, the earliest first. */
final class Expiries {
  private static final int MOST_AT_ONCE = 64;

  private final ConcurrentSkipListSet<Expiry> earliestFirst =
      new ConcurrentSkipListSet<>(Comparator.comparing(Expiry::at).thenComparing(Expiry::key));

  private record Expiry(Instant at, String key) {}

  /** Replaces the expiry of a key; null is none. */
  void replace(String key, @Nullable Instant old, @Nullable Instant next) {
    if (Objects.equals(old, next)) {
      return;
    }
    if (old != null) {
      earliestFirst.remove(new Expiry(old, key));
    }
    if (next != null) {
      earliestFirst.add(new Expiry(next, key));
    }
  }

  /**
   * Takes some of the keys that have expired until now. A key may have another expiry by now: races
   * leave entries behind, but take none away.
   */
  List<String> takeUntil(Instant now) {
    List<String> keys = new ArrayList<>();
    Expiry first = pollUntil(now);
    while (first != null) {
      keys.add(first.key());
      first = keys.size() < MOST_AT_ONCE ? pollUntil(now) : null;
    }
    return keys;
  }

  private @Nullable Expiry pollUntil(Instant now) {
    Expiry first = earliestFirst.isEmpty() ? null : earliestFirst.pollFirst();
    if (first != null && first.at().isAfter(now)) {
      earliestFirst.add(first);
      return null;
    }
    return first;
  }
}
