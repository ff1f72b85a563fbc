// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Names of one {@link String#hashCode}, as a client can choose them. */
public final class CollidingNames {
  private CollidingNames() {}

  /** Returns 2 to the power of {@code pairs} names of the same length and hash code. */
  public static List<String> of(int pairs) {
    return IntStream.range(0, 1 << pairs).mapToObj(number -> name(number, pairs)).toList();
  }

  private static String name(int number, int pairs) {
    return IntStream.range(0, pairs)
        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }
}
