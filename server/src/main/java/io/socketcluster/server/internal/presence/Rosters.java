// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.presence;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.server.channels.ChannelRoster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The rosters of all channels, as far as this server knows them. Servers tell their shares again
 * every five seconds, and are forgotten after fifteen seconds of silence. Thread-safe.
 */
final class Rosters {
  static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(5);
  static final long SILENCE_NANOS = 3 * REPEAT_NANOS;
  private static final int MOST_ROSTERS = 100_000;

  private final String self;
  private final LongSupplier clock;
  private final AtomicLong versions = new AtomicLong();

  @GuardedBy("this")
  private final Map<String, Roster> rosters = new HashMap<>();

  @GuardedBy("this")
  private final Set<String> changed = new LinkedHashSet<>();

  @GuardedBy("this")
  private final Map<String, Long> servers = new HashMap<>(); // when each was heard

  @GuardedBy("this")
  private final Relists relists = new Relists();

  @GuardedBy("this")
  private long repeatedAt;

  @GuardedBy("this")
  private boolean wasCutOff = true; // others may have told something before

  /** The message to the subscribers of a channel. */
  record Change(String channel, long sockets, List<String> joined, List<String> left) {}

  Rosters(String self, LongSupplier clock) {
    this.self = self;
    this.clock = clock;
    this.repeatedAt = clock.getAsLong();
  }

  synchronized void joined(String channel, String user) {
    of(channel).joined(user.isEmpty() ? null : user);
    changed.add(channel);
  }

  synchronized void left(String channel, String user) {
    of(channel).left(user.isEmpty() ? null : user);
    changed.add(channel);
  }

  @GuardedBy("this")
  private Roster of(String channel) {
    return rosters.computeIfAbsent(channel, key -> new Roster(key, versions::incrementAndGet));
  }

  /** Another server has told something: its share of a channel, or that it is there, or leaves. */
  synchronized void heard(Share share) {
    if (share.server().equals(self)) {
      return;
    }
    long now = clock.getAsLong();
    if (share.isFarewell()) {
      servers.remove(share.server());
      forget(share.server());
      return;
    }
    if (servers.put(share.server(), now) == null) {
      repeatedAt = now - REPEAT_NANOS; // it knows nothing of this one
    }
    relists.heard(share, now);
    boolean isKnown = rosters.containsKey(share.channel());
    if (!share.channel().isEmpty() && (isKnown || rosters.size() < MOST_ROSTERS)) {
      Roster roster = of(share.channel());
      if (roster.heard(share)) {
        changed.add(share.channel());
      }
      if (roster.isEmpty()) {
        rosters.remove(share.channel());
      }
    }
  }

  @GuardedBy("this")
  private void forget(String server) {
    boolean tells = tells();
    for (Roster roster : rosters.values()) {
      if (roster.forgetServer(server, tells)) {
        changed.add(roster.channel());
      }
    }
  }

  /** Of those who notice that a server is gone, the first tells the subscribers. */
  @GuardedBy("this")
  private boolean tells() {
    return servers.keySet().stream().noneMatch(each -> each.compareTo(self) < 0);
  }

  /** The broker cannot be reached: nobody can be heard, so nobody is silent. */
  synchronized void cutOff() {
    wasCutOff = true;
    long now = clock.getAsLong();
    servers.replaceAll((server, at) -> now);
  }

  /** The broker can be reached, perhaps again. */
  synchronized void inReach() {
    if (wasCutOff) {
      wasCutOff = false;
      long now = clock.getAsLong();
      repeatedAt = now - REPEAT_NANOS;
      relists.allAt(now + REPEAT_NANOS + REPEAT_NANOS / 5); // the others tell until then
    }
  }

  /** Returns the channels whose subscribers have missed changes, and need the whole roster. */
  synchronized Set<String> takeRelists() {
    return relists.take(clock.getAsLong(), rosters.keySet());
  }

  /** Returns the shares to be told: those that have changed, or all from time to time. */
  synchronized List<Share> takeShares() {
    List<Share> shares = new ArrayList<>();
    long now = clock.getAsLong();
    if (now - repeatedAt < REPEAT_NANOS) {
      for (String channel : changed) {
        Roster roster = rosters.get(channel);
        if (roster != null) {
          shares.add(roster.share(self));
        }
      }
      return shares;
    }
    repeatedAt = now;
    forgetSilent(now);
    shares.add(Share.hello(self));
    boolean tells = tells();
    for (Roster roster : rosters.values()) {
      if (roster.isOwn() || changed.contains(roster.channel())) {
        shares.add(roster.share(self));
      }
      if (roster.settle(tells)) {
        changed.add(roster.channel());
      }
    }
    return shares;
  }

  @GuardedBy("this")
  private void forgetSilent(long now) {
    List<String> silent = new ArrayList<>();
    servers.forEach(
        (server, at) -> {
          if (now - at > SILENCE_NANOS) {
            silent.add(server);
          }
        });
    silent.forEach(servers::remove);
    for (String server : silent) {
      relists.lost(server);
      forget(server);
    }
  }

  /** Returns what subscribers are to be told since the last call. */
  synchronized List<Change> takeChanges() {
    List<Change> changes = new ArrayList<>();
    for (String channel : changed) {
      Roster roster = rosters.get(channel);
      if (roster == null) {
        continue;
      }
      Roster.Diff diff = roster.takeChanges();
      if (diff != null) {
        changes.add(new Change(channel, roster.sockets(), diff.joined(), diff.left()));
      }
      if (roster.isEmpty()) {
        rosters.remove(channel);
      }
    }
    changed.clear();
    return changes;
  }

  synchronized boolean isEmpty() {
    return rosters.isEmpty();
  }

  /** Returns another number after each change of a channel. */
  synchronized long version(String channel) {
    Roster roster = rosters.get(channel);
    return roster == null ? 0 : roster.version();
  }

  /** Returns who is in a channel, with at most so many users. */
  synchronized ChannelRoster of(String channel, int most) {
    Roster roster = rosters.get(channel);
    return roster == null ? new ChannelRoster(0, List.of(), 0) : roster.listed(most);
  }
}
