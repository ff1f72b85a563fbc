// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.rules;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.util.function.Predicate;

/**
 * A name of a channel, or the beginning of names. Immutable.
 *
 * @param prefix the pattern without its {@code *}
 */
public record ChannelPattern(String prefix, boolean isExact) implements Predicate<String> {
  /**
   * Reads a pattern.
   *
   * @throws InvalidArgumentsError if {@code *} is somewhere else than at the end
   */
  public static ChannelPattern of(String pattern) {
    int star = pattern.indexOf('*');
    if (star >= 0 && star < pattern.length() - 1) {
      throw new InvalidArgumentsError(
          "pattern is " + pattern + "; allowed: a name, or a beginning followed by *");
    }
    return new ChannelPattern(star < 0 ? pattern : pattern.substring(0, star), star < 0);
  }

  @Override
  public boolean test(String channel) {
    return isExact ? channel.equals(prefix) : channel.startsWith(prefix);
  }

  /** Returns the pattern as it was written. */
  String text() {
    return isExact ? prefix : prefix + "*";
  }

  /** A name is longer than any pattern that matches it. */
  public int length() {
    return isExact ? Integer.MAX_VALUE : prefix.length();
  }
}
