// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.presence;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Tells subscribers who is in a channel, and again if that has changed meanwhile: they may have
 * learned of the change before the list, which lacks it. Thread-safe.
 */
final class Listing {
  /** In a channel that changes all the time, the next change comes soon. */
  static final int MOST_TIMES = 5;

  private final Function<String, Map<String, Object>> rosters;
  private final ToLongFunction<String> versions;

  /**
   * @param rosters returns who is in a channel now
   * @param versions returns another number after each change of a channel
   */
  Listing(Function<String, Map<String, Object>> rosters, ToLongFunction<String> versions) {
    this.rosters = rosters;
    this.versions = versions;
  }

  /**
   * Tells who is in a channel.
   *
   * @param subscribers have what they are given behind all that they were sent before
   */
  void tell(String channel, Consumer<Map<String, Object>> subscribers) {
    long told = versions.applyAsLong(channel);
    for (int i = 0; i < MOST_TIMES; i++) {
      subscribers.accept(rosters.apply(channel));
      long now = versions.applyAsLong(channel);
      if (now == told) {
        return;
      }
      told = now;
    }
  }
}
