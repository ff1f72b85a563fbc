// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.server.channels.ChannelPolicy.HistoryStore;
import io.socketcluster.server.internal.deltas.DeltaMemory;
import io.socketcluster.server.internal.rules.ChannelPattern;

/** The policy of a pattern. */
record Rule(
    ChannelPattern pattern, ChannelPolicy policy, HistoryMemory memory, DeltaMemory deltaMemory) {
  static Rule of(String pattern, ChannelPolicy policy) {
    return new Rule(
        ChannelPattern.of(pattern),
        policy,
        new HistoryMemory(policy.totalHistoryBytes()),
        new DeltaMemory(policy.totalDeltaBytes()));
  }

  boolean matches(String channel) {
    return pattern.test(channel);
  }

  boolean hasPatternOf(Rule other) {
    return pattern.equals(other.pattern);
  }

  /** Returns whether the broker keeps the history. */
  boolean isAtBroker() {
    return policy.historySize() > 0 && policy.historyStore() == HistoryStore.BROKER;
  }

  /** Returns how much the broker keeps of a channel. */
  HistoryBounds bounds() {
    return new HistoryBounds(policy.historySize(), policy.historyAge(), policy.historyBytes());
  }
}
