// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.presence;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.server.channels.ChannelRoster;
import io.socketcluster.server.internal.history.ServerChannels;
import io.socketcluster.server.internal.presence.Rosters.Change;
import io.socketcluster.server.internal.rules.ReservedNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tells the subscribers of {@code #presence/CHANNEL} who is in a channel, and the other servers who
 * is there on this one. One virtual thread tells, at most four times a second. Thread-safe.
 */
public final class ChannelPresence implements ServerChannels.Observers {
  private static final long TICK_MILLIS = 250;
  private static final int MOST_CHANGES = 100;
  private static final int MOST_LISTED = 1_000;

  private final AGServer server;
  private final ServerChannels channels;
  private final Rosters rosters;
  private final SharesLink link;
  private final Consumer<Throwable> failures;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Listing listing = new Listing(this::listed, this::version);
  private final Relisting relisting =
      new Relisting(this::relist, System::nanoTime); // of the thread

  /** Held while something is told: nothing comes behind the farewell. */
  private final ReentrantLock telling = new ReentrantLock();

  private volatile boolean hasBegun;

  /** The user of each socket in each channel; an empty name for a socket without one. */
  @GuardedBy("this")
  private final Map<AGServerSocket, Map<String, String>> places = new HashMap<>();

  /**
   * @param id of this server, unique among those that the engine joins
   * @param failures is told what fails in the engine and nobody else learns
   */
  public ChannelPresence(
      AGServer server, String id, ServerChannels channels, Consumer<Throwable> failures) {
    this.failures = failures;
    this.server = server;
    this.channels = channels;
    this.rosters = new Rosters(id, System::nanoTime);
    this.link = new SharesLink(channels.engine(), id);
  }

  @Override
  public void begin() {
    hasBegun = true;
    server
        .listener(AGServer.SUBSCRIPTION)
        .consume(event -> subscribed(event.socket(), event.channel()));
    server
        .listener(AGServer.UNSUBSCRIPTION)
        .consume(event -> look(event.socket(), event.channel()));
    server
        .listener(AGServer.AUTHENTICATION_STATE_CHANGE)
        .consume(event -> lookAgain(event.socket()));
    link.join();
    Thread.ofVirtual().name("socketcluster-channel-presence").start(this::run);
  }

  @Override
  public ChannelRoster roster(String channel) {
    return rosters.of(channel, MOST_LISTED);
  }

  private void subscribed(AGServerSocket socket, String channel) {
    look(socket, channel);
    if (channels.isPresence(channel)) {
      listing.tell(
          ReservedNames.observed(channel), listed -> tell(List.of(socket), channel, listed));
    }
  }

  /** Of whom others have told their subscribers, their servers have told this one before. */
  private long version(String channel) {
    telling.lock();
    try {
      link.takeHeard(rosters::heard);
    } finally {
      telling.unlock();
    }
    return rosters.version(channel);
  }

  private Map<String, Object> listed(String channel) {
    ChannelRoster roster = roster(channel);
    return Map.of("sockets", roster.sockets(), "users", roster.users(), "more", roster.more());
  }

  /** Tells subscribers on this server everything again. */
  private void relist(String channel, List<AGServerSocket> subscribers) {
    listing.tell(ReservedNames.observed(channel), listed -> tell(subscribers, channel, listed));
  }

  private static void tell(
      List<AGServerSocket> subscribers, String channel, Map<String, Object> data) {
    for (AGServerSocket each : subscribers) {
      if (each.isSubscribed(channel)) {
        each.transmit(ReservedEvents.PUBLISH, Map.of("channel", channel, "data", data));
      }
    }
  }

  /**
   * Compares what is noted of a socket with what is. Events of the two kinds are handled side by
   * side, so none of them is believed.
   */
  private void look(AGServerSocket socket, String channel) {
    ChannelPolicy policy = channels.policyOf(channel);
    String claim = policy == null ? null : policy.presenceClaim();
    if (claim == null) {
      return;
    }
    boolean hasLeft;
    synchronized (this) {
      hasLeft = !socket.isSubscribed(channel);
      note(socket, channel, hasLeft ? null : userOf(socket, claim));
    }
    if (hasLeft) {
      socket.kickOut(ReservedNames.PRESENCE + channel, "You are not subscribed to " + channel);
    }
  }

  /**
   * Notes who a socket is in a channel.
   *
   * @param user null if it is not there
   */
  @GuardedBy("this")
  private void note(AGServerSocket socket, String channel, @Nullable String user) {
    Map<String, String> channelsOfSocket = places.computeIfAbsent(socket, key -> new HashMap<>(2));
    String before =
        user == null ? channelsOfSocket.remove(channel) : channelsOfSocket.put(channel, user);
    if (channelsOfSocket.isEmpty()) {
      places.remove(socket);
    }
    if (user != null && !user.equals(before)) {
      rosters.joined(channel, user);
    }
    if (before != null && !before.equals(user)) {
      rosters.left(channel, before);
    }
  }

  private static String userOf(AGServerSocket socket, String claim) {
    JsonNode token = socket.authState() == AuthState.AUTHENTICATED ? socket.authToken() : null;
    JsonNode name = token == null ? null : token.get(claim);
    return name == null || name.isContainer() || name.isNull() ? "" : name.asString();
  }

  /** The user of a socket may be another one. */
  private void lookAgain(AGServerSocket socket) {
    List<String> known;
    synchronized (this) {
      known = List.copyOf(places.getOrDefault(socket, Map.of()).keySet());
    }
    known.forEach(channel -> look(socket, channel));
  }

  private void run() {
    try {
      while (!ended.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
        tick();
        relistSome();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    telling.lock();
    try {
      if (ended.getCount() > 0) {
        link.takeHeard(rosters::heard);
        if (link.isReady()) {
          rosters.inReach();
          rosters.takeShares().forEach(link::tell);
        } else {
          rosters.cutOff();
        }
        publishAll(rosters.takeChanges());
        if (relisting.isDone()) {
          relisting.begin(rosters.takeRelists(), server.clients().values().iterator());
        }
      }
    } catch (RuntimeException e) { // of an engine of the application's own
      failures.accept(e);
    } finally {
      telling.unlock();
    }
  }

  /** Without the lock: the server may close, and sockets be told of what they subscribe to. */
  private void relistSome() {
    try {
      relisting.goOn();
    } catch (RuntimeException e) { // of a codec of the application's own
      failures.accept(e);
    }
  }

  /** A failure in one channel takes nothing from the others, and is told of once. */
  private void publishAll(List<Change> changes) {
    RuntimeException failure = null;
    for (Change each : changes) {
      try {
        publish(each);
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      failures.accept(failure);
    }
  }

  private void publish(Change change) {
    Map<String, Object> told =
        change.joined().size() + change.left().size() > MOST_CHANGES
            ? Map.of(
                "sockets",
                change.sockets(),
                "changed",
                change.joined().size() + change.left().size())
            : Map.of("sockets", change.sockets(), "joined", change.joined(), "left", change.left());
    server.exchange().transmitPublish(ReservedNames.PRESENCE + change.channel(), told);
  }

  /** The server closes; without effect the second time. */
  public void close() {
    telling.lock();
    try {
      if (ended.getCount() > 0) {
        ended.countDown();
        leave();
      }
    } finally {
      telling.unlock();
    }
  }

  private void leave() {
    if (!hasBegun) {
      return;
    }
    try {
      link.leave();
    } catch (RuntimeException e) { // the server closes nevertheless
      failures.accept(e);
    }
  }
}
