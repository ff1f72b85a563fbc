// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.presence;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tells subscribers who is in a channel, and again if that has changed meanwhile: they may have
 * learned of the change before the list, which lacks it. Thread-safe.
 */
final class Listing {
  /** In a channel that changes all the time, the next change comes soon. */
  static final int MOST_TIMES = 5;

  private final Function<String, Map<String, Object>> rosters;

  /**
   * @param rosters returns who is in a channel now
   */
  Listing(Function<String, Map<String, Object>> rosters) {
    this.rosters = rosters;
  }

  /**
   * Tells who is in a channel.
   *
   * @param subscribers have what they are given behind all that they were sent before
   */
  void tell(String channel, Consumer<Map<String, Object>> subscribers) {
    Map<String, Object> told = Map.of();
    Map<String, Object> now = rosters.apply(channel);
    for (int i = 0; i < MOST_TIMES && !now.equals(told); i++) {
      subscribers.accept(now);
      told = now;
      now = rosters.apply(channel);
    }
  }
}
