// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.rules;

import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.channels.ChannelAccess;
import io.socketcluster.server.channels.ChannelRule;
import io.socketcluster.server.channels.ChannelRules;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a server. They are asked as a middleware is, with its limits of time and its
 * reports; without rules there is none. Thread-safe.
 */
public final class ServerRules implements ChannelRules {
  private final BiConsumer<String, Throwable> failures;
  private volatile RuleSet current = RuleSet.NONE; // replaced under the monitor of this

  /**
   * @param failures is told, in a sentence without a full stop, what rule fails where no client is
   *     told, and why
   */
  public ServerRules(BiConsumer<String, Throwable> failures) {
    this.failures = failures;
  }

  /** Returns what decides about subscriptions and publishes, or null without rules. */
  public @Nullable AGMiddleware middleware() {
    return current.middleware();
  }

  @Override
  public synchronized void set(String pattern, ChannelRule rule) {
    current = current.with(ChannelPattern.of(pattern), Objects.requireNonNull(rule, "rule"));
  }

  @Override
  public synchronized void remove(String pattern) {
    current = current.without(ChannelPattern.of(pattern));
  }

  @Override
  public @Nullable ChannelRule ruleOf(String channel) {
    return current.ruleOf(channel);
  }

  /** Returns whether clients may subscribe to any pattern. */
  public boolean hasPatterns() {
    return current.hasPatterns();
  }

  /** Returns whether a channel is a pattern that clients may not subscribe to. */
  public boolean isClosed(String channel) {
    return ReservedNames.isPattern(channel) && !current.offers(ReservedNames.patternOf(channel));
  }

  /** Returns the channels to which a message of a channel goes as well; often none. */
  public List<String> patternChannelsOf(String channel) {
    List<String> patterns = current.patternsOf(channel);
    return patterns.isEmpty() ? patterns : patterns.stream().map(ReservedNames::channelOf).toList();
  }

  /**
   * Returns whether a socket may receive what comes by a pattern: its channel's own rule decides,
   * and one that may block decides against it. Event loop only.
   */
  public boolean mayReceive(AGServerSocket socket, String channel) {
    ChannelRule rule = ruleOf(channel);
    if (rule == null) {
      return true;
    }
    ChannelAccess access = rule.subscribe();
    return access.isNonBlocking() && new LoopQuestion(access, channel, failures).allows(socket);
  }
}
