// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.rules;

/** The names of channels that tell of other channels. */
public final class ReservedNames {
  /** The beginning of channels that tell who is subscribed to another channel. */
  public static final String PRESENCE = "#presence/";

  private static final String PATTERN = "#pattern/";

  private ReservedNames() {}

  /**
   * Returns whether a channel has the messages of all channels of a pattern. Such names are
   * reserved before any rule offers a pattern: a rule may come later, or on another server first.
   */
  public static boolean isPattern(String channel) {
    return channel.startsWith(PATTERN);
  }

  /** Returns the pattern whose messages a channel has, or the name if it is another channel. */
  public static String patternOf(String channel) {
    return isPattern(channel) ? channel.substring(PATTERN.length()) : channel;
  }

  /** Returns the channel that has the messages of a pattern. */
  static String channelOf(String pattern) {
    return PATTERN + pattern;
  }

  /** Returns the channel whose presence a channel tells, or the name if it is another channel. */
  public static String observed(String channel) {
    return channel.startsWith(PRESENCE) ? channel.substring(PRESENCE.length()) : channel;
  }
}
