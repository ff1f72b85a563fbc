// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.channels.ChannelPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policies by pattern. Thread-safe. */
final class ChannelPolicies {
  private volatile List<Rule> rules = List.of(); // the longest pattern first

  boolean isEmpty() {
    return rules.isEmpty();
  }

  /** Adds a policy. The caller excludes others that add. */
  void add(String pattern, ChannelPolicy policy) {
    Rule added = Rule.of(pattern, policy);
    List<Rule> sorted = new ArrayList<>(rules);
    if (sorted.stream().anyMatch(added::hasPatternOf)) {
      throw new InvalidArgumentsError(
          "pattern is " + pattern + ", which has a policy; allowed: one policy for each pattern");
    }
    sorted.add(added);
    sorted.sort(Comparator.comparingInt((Rule each) -> each.pattern().length()).reversed());
    rules = List.copyOf(sorted);
  }

  @Nullable Rule of(String channel) {
    for (Rule rule : rules) {
      if (rule.matches(channel)) {
        return rule;
      }
    }
    return null;
  }

  /** Returns how much memory the histories of this server take. */
  long historyBytes() {
    return rules.stream().mapToLong(rule -> rule.memory().used()).sum();
  }

  /** Returns how much memory the last values of channels that send differences take. */
  long deltaBytes() {
    return rules.stream().mapToLong(rule -> rule.deltaMemory().used()).sum();
  }
}
