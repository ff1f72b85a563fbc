// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.presence;

import io.socketcluster.server.channels.ChannelRoster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The roster of a channel: the sockets of this server, and the shares of the others. Not
 * thread-safe.
 */
final class Roster {
  private static final String SELF = ""; // no other server has this name

  private final String channel;
  private final LongSupplier versions;
  private long version;
  private final Map<String, Integer> own = new LinkedHashMap<>(); // sockets of each user
  private final Map<String, Share> others = new HashMap<>();

  /** Users of whom may have to be told, and what was told of them before. */
  private final Map<String, Before> touched = new LinkedHashMap<>();

  /** Not told, because another server had the user, too; it may have lost it in that moment. */
  private final Set<String> untold = new HashSet<>();

  private long ownSockets;

  /** Servers whose number of sockets has changed since {@link #settle}, and before that. */
  private Set<String> changers = new HashSet<>();

  private Set<String> changersBefore = new HashSet<>();
  private boolean changed;

  /** The knowledge of subscribers about a user of this server. */
  private enum Before {
    HERE,
    ABSENT,
    UNKNOWN
  }

  /** The message to subscribers; too many changes are told as their number only. */
  record Diff(List<String> joined, List<String> left) {}

  /**
   * @param versions gives each change another number
   */
  Roster(String channel, LongSupplier versions) {
    this.channel = channel;
    this.versions = versions;
  }

  /** Returns another number after each change. */
  long version() {
    return version;
  }

  String channel() {
    return channel;
  }

  /** A socket of this server is in the channel. */
  void joined(@Nullable String user) {
    ownSockets++;
    changed();
    if (user != null && own.merge(user, 1, Integer::sum) == 1) {
      touched.putIfAbsent(user, Before.ABSENT);
    }
  }

  /** A socket of this server is not in the channel any more. */
  void left(@Nullable String user) {
    ownSockets--;
    changed();
    if (user != null
        && own.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1) == null) {
      touched.putIfAbsent(user, Before.HERE);
    }
  }

  private void changed() {
    changed = true;
    version = versions.getAsLong();
    changers.add(SELF);
  }

  private boolean isElsewhere(String user) {
    return others.values().stream().anyMatch(each -> each.users().containsKey(user));
  }

  /** Another server has told its share; returns whether something is to be told because of it. */
  boolean heard(Share share) {
    Share before =
        share.isEmpty() ? others.remove(share.server()) : others.put(share.server(), share);
    if (!share.equals(before)) {
      version = versions.getAsLong();
    }
    if (share.sockets() != (before == null ? 0 : before.sockets())) {
      changers.add(share.server());
    }
    boolean wasChanged = changed;
    untold.removeIf(user -> !isElsewhere(user) && tellAnew(user));
    return changed && !wasChanged;
  }

  private boolean tellAnew(String user) {
    touched.put(user, Before.UNKNOWN);
    changed = true;
    return true;
  }

  /**
   * The others have had the time to tell what was under way. Of servers that changed at about the
   * same time, each may have told a number without the change of the other.
   *
   * @param tells whether this server is the one that tells the right number
   * @return whether it is to be told
   */
  boolean settle(boolean tells) {
    untold.clear();
    boolean isToBeTold = tells && !changers.isEmpty() && haveSeveralChanged();
    changersBefore = changers;
    changers = new HashSet<>();
    changed |= isToBeTold;
    return isToBeTold;
  }

  private boolean haveSeveralChanged() {
    changersBefore.addAll(changers);
    return changersBefore.size() > 1;
  }

  /**
   * Forgets a server; returns whether that is to be told.
   *
   * @param tells whether this server is the one that tells the subscribers
   */
  boolean forgetServer(String server, boolean tells) {
    Share gone = others.remove(server);
    if (gone == null) {
      return false;
    }
    version = versions.getAsLong();
    changers.add(server);
    changed |= tells;
    for (String user : gone.users().keySet()) {
      if (tells && !own.containsKey(user)) {
        tellAnew(user);
      }
    }
    return true;
  }

  boolean isEmpty() {
    return ownSockets == 0 && others.isEmpty() && !changed;
  }

  boolean isOwn() {
    return ownSockets > 0;
  }

  /** Returns how many sockets are in the channel, on all servers. */
  long sockets() {
    return ownSockets + others.values().stream().mapToLong(each -> each.sockets()).sum();
  }

  /** Returns some of the users: of many, those who came first to this server. */
  ChannelRoster listed(int most) {
    Set<String> elsewhere = new HashSet<>();
    for (Share each : others.values()) {
      each.users().keySet().stream().filter(user -> !own.containsKey(user)).forEach(elsewhere::add);
    }
    List<String> some =
        Stream.concat(own.keySet().stream(), elsewhere.stream()).limit(most).sorted().toList();
    return new ChannelRoster(sockets(), some, own.size() + elsewhere.size() - some.size());
  }

  /** Returns the share of this server. */
  Share share(String server) {
    Map<String, Integer> some = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> each : own.entrySet()) {
      if (some.size() == Share.MOST_USERS) {
        break;
      }
      some.put(each.getKey(), each.getValue());
    }
    return new Share(server, channel, ownSockets, some);
  }

  /** Returns what has changed since the last call, or null if nothing has. */
  @Nullable Diff takeChanges() {
    if (!changed) {
      return null;
    }
    List<String> joined = new ArrayList<>();
    List<String> left = new ArrayList<>();
    touched.forEach(
        (user, before) -> {
          boolean isHere = own.containsKey(user);
          if (isElsewhere(user)) {
            untold.add(user);
          } else if (before == Before.UNKNOWN || isHere != (before == Before.HERE)) {
            (isHere ? joined : left).add(user);
          }
        });
    touched.clear();
    changed = false;
    return new Diff(joined, left);
  }
}
