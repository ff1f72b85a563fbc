// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.rules;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.channels.ChannelAccess;
import io.socketcluster.server.channels.ChannelRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a server at one moment, and the middleware that asks exactly these: one that decides
 * on event loops never meets a rule that may block, because such a rule came with another set.
 * Immutable.
 */
final class RuleSet {
  /** No rules. */
  static final RuleSet NONE = new RuleSet(List.of());

  private final List<Entry> entries; // the longest pattern first
  private final List<Entry> open; // those whose pattern can be subscribed to
  private final @Nullable AGMiddleware middleware;

  private record Entry(ChannelPattern pattern, ChannelRule rule) {
    boolean isNonBlocking() {
      return rule.subscribe().isNonBlocking() && rule.publish().isNonBlocking();
    }
  }

  private RuleSet(List<Entry> sorted) {
    entries = List.copyOf(sorted);
    open = sorted.stream().filter(each -> each.rule().subscribeToPattern()).toList();
    middleware = entries.isEmpty() ? null : newMiddleware();
  }

  private AGMiddleware newMiddleware() {
    return entries.stream().allMatch(Entry::isNonBlocking)
        ? AGMiddleware.nonBlocking(this::decide)
        : AGMiddleware.each(this::decide);
  }

  /** Returns these rules with another one, in place of the one that the pattern has. */
  RuleSet with(ChannelPattern pattern, ChannelRule rule) {
    List<Entry> sorted = othersThan(pattern);
    sorted.add(new Entry(pattern, rule));
    sorted.sort(Comparator.comparingInt((Entry each) -> each.pattern().length()).reversed());
    return new RuleSet(sorted);
  }

  /** Returns these rules without that of a pattern. */
  RuleSet without(ChannelPattern pattern) {
    return new RuleSet(othersThan(pattern));
  }

  private List<Entry> othersThan(ChannelPattern pattern) {
    List<Entry> others = new ArrayList<>(entries);
    others.removeIf(each -> each.pattern().equals(pattern));
    return others;
  }

  /** Returns what decides about subscriptions and publishes, or null without rules. */
  @Nullable AGMiddleware middleware() {
    return middleware;
  }

  /** Returns the rule that counts for a channel, or null. */
  @Nullable ChannelRule ruleOf(String channel) {
    String observed = ReservedNames.observed(channel);
    for (Entry each : entries) {
      if (each.pattern().test(observed)) {
        return each.rule();
      }
    }
    return null;
  }

  /** Returns whether clients may subscribe to any pattern. */
  boolean hasPatterns() {
    return !open.isEmpty();
  }

  /** Returns whether clients may subscribe to a pattern. */
  boolean offers(String pattern) {
    return open.stream().anyMatch(each -> each.pattern().text().equals(pattern));
  }

  /** Returns the patterns by which a message of a channel comes as well; often none. */
  List<String> patternsOf(String channel) {
    if (open.isEmpty() || channel.startsWith("#")) {
      return List.of();
    }
    return open.stream()
        .filter(each -> each.pattern().test(channel))
        .map(each -> each.pattern().text())
        .toList();
  }

  private void decide(AGAction action) throws Exception {
    String channel = Objects.requireNonNull(action.channel(), "channel");
    AGServerSocket socket = action.socket();
    boolean isSubscribe = action.type() == AGAction.Type.SUBSCRIBE;
    ChannelRule rule = ruleOf(channel);
    if (rule == null
        || (isSubscribe && ReservedNames.isPattern(channel))
        || asked(rule, isSubscribe, socket, ReservedNames.observed(channel))) {
      action.allow();
    } else {
      String what = isSubscribe ? "subscribe" : "publish";
      action.block(
          new AGException(
              "ForbiddenError", "Socket " + socket.id() + " may not " + what + " to " + channel));
    }
  }

  private static boolean asked(
      ChannelRule rule, boolean isSubscribe, AGServerSocket socket, String channel)
      throws Exception {
    ChannelAccess access = isSubscribe ? rule.subscribe() : rule.publish();
    try {
      return access.allows(socket, channel);
    } catch (AGException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("The rule of channel " + channel + " has failed", e);
    }
  }
}
