// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.rules;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.channels.ChannelAccess;
import io.socketcluster.server.channels.ChannelRule;
import io.socketcluster.server.channels.ChannelRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a server. They are asked as a middleware is, with its limits of time and its
 * reports; without rules there is none. Thread-safe.
 */
public final class ServerRules implements ChannelRules {
  private static final String PRESENCE = "#presence/";
  private static final String PATTERN = "#pattern/";

  private final AGMiddleware blocking = AGMiddleware.each(this::decide);
  private final AGMiddleware nonBlocking = AGMiddleware.nonBlocking(this::decide);
  private volatile List<Entry> entries = List.of(); // the longest pattern first
  private volatile List<Entry> open = List.of(); // those whose pattern can be subscribed to
  private volatile @Nullable AGMiddleware middleware;

  private record Entry(ChannelPattern pattern, ChannelRule rule) {
    boolean isNonBlocking() {
      return rule.subscribe().isNonBlocking() && rule.publish().isNonBlocking();
    }
  }

  /** Returns what decides about subscriptions and publishes, or null without rules. */
  public @Nullable AGMiddleware middleware() {
    return middleware;
  }

  @Override
  public synchronized void set(String pattern, ChannelRule rule) {
    Entry added = new Entry(ChannelPattern.of(pattern), Objects.requireNonNull(rule, "rule"));
    List<Entry> sorted = without(added.pattern());
    sorted.add(added);
    sorted.sort(Comparator.comparingInt((Entry each) -> each.pattern().length()).reversed());
    use(sorted);
  }

  @Override
  public synchronized void remove(String pattern) {
    use(without(ChannelPattern.of(pattern)));
  }

  private List<Entry> without(ChannelPattern pattern) {
    List<Entry> others = new ArrayList<>(entries);
    others.removeIf(each -> each.pattern().equals(pattern));
    return others;
  }

  /** The rules come before the middleware that asks them, and go after it. */
  private void use(List<Entry> sorted) {
    entries = List.copyOf(sorted);
    open = sorted.stream().filter(each -> each.rule().subscribeToPattern()).toList();
    boolean mayBlock = !sorted.stream().allMatch(Entry::isNonBlocking);
    middleware = sorted.isEmpty() ? null : mayBlock ? blocking : nonBlocking;
  }

  @Override
  public @Nullable ChannelRule ruleOf(String channel) {
    String observed = observed(channel);
    for (Entry each : entries) {
      if (each.pattern().test(observed)) {
        return each.rule();
      }
    }
    return null;
  }

  /** Returns whether clients may subscribe to any pattern. */
  public boolean hasPatterns() {
    return !open.isEmpty();
  }

  /**
   * Returns whether a channel has the messages of all channels of a pattern. Such names are
   * reserved before any rule offers a pattern: a rule may come later, or on another server first.
   */
  public boolean isPattern(String channel) {
    return channel.startsWith(PATTERN);
  }

  /** Returns whether clients may not subscribe to such a channel. */
  public boolean isClosed(String patternChannel) {
    String pattern = patternChannel.substring(PATTERN.length());
    return open.stream().noneMatch(each -> each.pattern().text().equals(pattern));
  }

  /** Returns the channels to which a message of a channel goes as well; often none. */
  public List<String> patternChannelsOf(String channel) {
    List<Entry> patterns = open;
    if (patterns.isEmpty() || channel.startsWith("#")) {
      return List.of();
    }
    return patterns.stream()
        .filter(each -> each.pattern().test(channel))
        .map(each -> PATTERN + each.pattern().text())
        .toList();
  }

  /**
   * Returns whether a socket may receive what comes by a pattern: its channel's own rule decides,
   * and one that may block decides against it.
   */
  public boolean mayReceive(AGServerSocket socket, String channel) {
    ChannelRule rule = ruleOf(channel);
    if (rule == null) {
      return true;
    }
    try {
      return rule.subscribe().isNonBlocking() && rule.subscribe().allows(socket, channel);
    } catch (Throwable e) { // nothing passes a rule that fails, and other deliveries go on
      return false;
    }
  }

  private static String observed(String channel) {
    return channel.startsWith(PRESENCE) ? channel.substring(PRESENCE.length()) : channel;
  }

  private void decide(AGAction action) throws Exception {
    String channel = Objects.requireNonNull(action.channel(), "channel");
    AGServerSocket socket = action.socket();
    boolean isSubscribe = action.type() == AGAction.Type.SUBSCRIBE;
    ChannelRule rule = ruleOf(channel);
    if (rule == null
        || (isSubscribe && isPattern(channel))
        || asked(rule, isSubscribe, socket, observed(channel))) {
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
