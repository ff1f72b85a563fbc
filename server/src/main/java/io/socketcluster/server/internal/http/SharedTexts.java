// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One copy of what many clients send alike, each in a list of its own. It remembers what came last,
 * and no more than a little of it. Thread-safe.
 */
public final class SharedTexts {
  private static final int PLACES = 256;
  private static final int LONGEST = 512;
  private static final AtomicReferenceArray<@Nullable List<String>> RECENT =
      new AtomicReferenceArray<>(PLACES);

  private SharedTexts() {}

  /** Returns a list of this text alone, the same as for an equal text before, if that is known. */
  public static List<String> listOf(String text) {
    if (text.length() > LONGEST) {
      return List.of(text);
    }
    int place = Math.floorMod(text.hashCode(), PLACES);
    List<String> recent = RECENT.get(place);
    if (recent != null && recent.getFirst().equals(text)) {
      return recent;
    }
    List<String> fresh = List.of(text);
    RECENT.set(place, fresh);
    return fresh;
  }
}
