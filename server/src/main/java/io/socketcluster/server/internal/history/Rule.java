// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.server.channels.ChannelPolicy.HistoryStore;

/**
 * The policy of a pattern.
 *
 * @param prefix the pattern without its {@code *}
 */
record Rule(String prefix, boolean isExact, ChannelPolicy policy, HistoryMemory memory) {
  static Rule of(String pattern, ChannelPolicy policy) {
    int star = pattern.indexOf('*');
    if (star >= 0 && star < pattern.length() - 1) {
      throw new InvalidArgumentsError(
          "pattern is " + pattern + "; allowed: a name, or a beginning followed by *");
    }
    String prefix = star < 0 ? pattern : pattern.substring(0, star);
    return new Rule(prefix, star < 0, policy, new HistoryMemory(policy.totalHistoryBytes()));
  }

  boolean matches(String channel) {
    return isExact ? channel.equals(prefix) : channel.startsWith(prefix);
  }

  boolean hasPatternOf(Rule other) {
    return isExact == other.isExact && prefix.equals(other.prefix);
  }

  /** Returns whether the broker keeps the history. */
  boolean isAtBroker() {
    return policy.historySize() > 0 && policy.historyStore() == HistoryStore.BROKER;
  }

  /** Returns how much the broker keeps of a channel. */
  HistoryBounds bounds() {
    return new HistoryBounds(policy.historySize(), policy.historyAge(), policy.historyBytes());
  }

  /** A name is longer than any pattern that matches it. */
  int length() {
    return isExact ? Integer.MAX_VALUE : prefix.length();
  }
}
