// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.deltas;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last values of those channels that have subscribers who asked for differences. Messages with
 * and without positions come in orders of their own, so each have their own. Thread-safe.
 */
public final class ServerDeltas {
  private final ConcurrentHashMap<String, Shared> plain = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Shared> withPositions = new ConcurrentHashMap<>();

  /** Used by so many subscribers of the broker or of a history. */
  private record Shared(ChannelDeltas deltas, int users) {
    Shared used(int more) {
      return new Shared(deltas, users + more);
    }
  }

  /**
   * Returns the values of a channel for one more user, who has to {@link #release} them.
   *
   * @param keyProperty the property that tells the values of a channel apart, or null
   */
  public ChannelDeltas acquire(
      String channel, boolean hasPositions, @Nullable String keyProperty, DeltaMemory memory) {
    return of(hasPositions)
        .compute(
            channel,
            (name, known) ->
                known == null
                    ? new Shared(new ChannelDeltas(name, keyProperty, memory), 1)
                    : known.used(1))
        .deltas();
  }

  /** Ends the use of the values by one loop; the last end forgets them. */
  public void release(ChannelDeltas deltas, boolean hasPositions) {
    of(hasPositions)
        .computeIfPresent(
            deltas.channel(),
            (name, known) -> {
              if (known.users() > 1) {
                return known.used(-1);
              }
              known.deltas().close();
              return null;
            });
  }

  private ConcurrentHashMap<String, Shared> of(boolean hasPositions) {
    return hasPositions ? withPositions : plain;
  }
}
