// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.server.internal.events.SocketEvents;
import io.socketcluster.server.internal.history.Recovery;
import io.socketcluster.server.internal.inbound.InboundOrder;
import io.socketcluster.server.internal.memory.MemoryAccount;
import io.socketcluster.server.internal.outbound.SocketWriter;
import io.socketcluster.server.internal.turn.Steps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The channels of one socket: what it is subscribed to, and what it publishes. Changed on the event
 * loop only; the names may be read by any thread.
 */
public final class SocketChannels {
  /** What a subscription costs besides the name of its channel. */
  private static final int MEMBERSHIP = 160;

  private final LoopChannels channels;
  private final InboundOrder order;
  private final SocketWriter writer;
  private final MemoryAccount account;
  private final SocketEvents events;

  /** Written on the event loop under the monitor of this, read under it by other threads. */
  private Map<String, LoopChannel.Membership> memberships = Map.of();

  // Counted as they change: to look at a thousand subscriptions again and again takes long.
  private int channelBytes;
  private int keepingGrants;

  public SocketChannels(
      LoopChannels channels,
      InboundOrder order,
      SocketWriter writer,
      MemoryAccount account,
      SocketEvents events) {
    this.channels = channels;
    this.order = order;
    this.writer = writer;
    this.account = account;
    this.events = events;
  }

  /** Returns whether clients may publish. */
  public boolean allowPublish() {
    return channels.allowPublish();
  }

  /** Returns whether clients may use a channel. */
  public boolean isForClients(String channel) {
    return channels.isForClients(channel);
  }

  /** Returns whether clients may not publish to a channel. */
  public boolean isOfServer(String channel) {
    return channels.isOfServer(channel);
  }

  /** Returns whether a channel is a pattern that clients may not subscribe to. */
  public boolean isClosedPattern(String channel) {
    return channels.isClosedPattern(channel);
  }

  /** Publishes; goes on when this event loop has delivered it, or with why that failed. */
  public void publish(
      String channel, @Nullable Payload data, BrokerWait.Continuation continuation) {
    CompletableFuture<Void> published = channels.publish(channel, data);
    events.published(channel, data);
    channels.waits().whenDelivered(published, order, continuation);
  }

  /**
   * Subscribes. Without effect when that was done before.
   *
   * @param continuation goes on when messages arrive, or with what the client is told
   */
  public void add(String channel, BrokerWait.Continuation continuation) {
    add(channel, null, continuation);
  }

  /**
   * Subscribes. Without effect when that was done before.
   *
   * @param data what the client sent with the subscription: perhaps its position in the channel
   * @param continuation goes on when messages arrive and those of the history have been sent, or
   *     with what the client is told
   */
  public void add(String channel, @Nullable Payload data, BrokerWait.Continuation continuation) {
    channels.waits().whenDone(added(channel, data), order, continuation);
  }

  private CompletableFuture<Void> added(String channel, @Nullable Payload data) {
    LoopChannel.Membership existing = memberships.get(channel);
    if (existing != null) {
      return existing.channel().subscribed();
    }
    if (memberships.size() >= channels.limit()) {
      String problem = "exceed the channel subscription limit of " + channels.limit();
      return CompletableFuture.failedFuture(tried(problem));
    }
    if (!hasRoomFor(bytesFor(channel))) {
      return CompletableFuture.failedFuture(
          new ResourceLimitError("Socket " + id() + " keeps too much memory to subscribe"));
    }
    if (channels.isHidden(channel, memberships::containsKey)) {
      return CompletableFuture.failedFuture(
          tried("subscribe to " + channel + " without being subscribed to the channel itself"));
    }
    if (channels.isClosedPattern(channel)) {
      return CompletableFuture.failedFuture(
          tried("subscribe to " + channel + ", which no rule allows"));
    }
    Recovery recovery = channels.recoveryIn(data);
    if (recovery != null) {
      return recovered(channel, recovery, channels.wantsDeltas(channel, data));
    }
    LoopChannel.Membership membership =
        channels.join(channel, writer, channels.wantsDeltas(channel, data));
    put(membership.channelName(), membership); // one name for all of its members
    return membership.channel().subscribed();
  }

  private CompletableFuture<Void> recovered(
      String channel, Recovery recovery, boolean wantsDeltas) {
    LoopChannel.Membership membership = channels.follow(channel, writer, wantsDeltas);
    if (membership == null) {
      return CompletableFuture.failedFuture(
          new InvalidActionError("Channel " + channel + " has no history to recover from"));
    }
    put(membership.channelName(), membership);
    return channels.recover(membership, recovery);
  }

  private InvalidActionError tried(String what) {
    return new InvalidActionError("Socket " + id() + " tried to " + what);
  }

  private String id() {
    return events.socket().id();
  }

  /** Returns whether a subscription may keep so much more. */
  public boolean hasRoomFor(long bytes) {
    return account.hasRoomFor(bytes);
  }

  private static int bytesFor(String channel) {
    return MEMBERSHIP + channel.length();
  }

  private static int keeps(@Nullable Grant grant) {
    return grant == null || grant.told() == null ? 0 : 1;
  }

  /** Returns about how many bytes the subscriptions keep in memory, and what they were granted. */
  public long heldBytes() {
    return channelBytes + (keepingGrants == 0 ? 0 : grantBytes());
  }

  private long grantBytes() {
    long bytes = 0;
    for (LoopChannel.Membership each : memberships.values()) {
      Grant grant = each.grant();
      bytes += grant == null ? 0 : grant.heldBytes();
    }
    return bytes;
  }

  /** One alone is in a map that takes no room for more. */
  private synchronized void put(String channel, LoopChannel.Membership membership) {
    channelBytes += bytesFor(channel);
    if (memberships.isEmpty()) {
      memberships = Map.of(channel, membership);
      return;
    }
    if (memberships.size() == 1) {
      memberships = new LinkedHashMap<>(memberships);
    }
    memberships.put(channel, membership);
  }

  private synchronized void take(String channel) {
    if (memberships.size() == 1) {
      memberships = Map.of();
    } else {
      memberships.remove(channel);
    }
  }

  /**
   * The broker has confirmed a subscription: it is told, once, unless it has ended meanwhile.
   *
   * @return what was told, or null
   */
  public @Nullable JsonNode confirm(String channel, Supplier<JsonNode> options) {
    LoopChannel.Membership membership = memberships.get(channel);
    if (membership == null || membership.isConfirmed()) {
      return null;
    }
    membership.confirm();
    JsonNode told = options.get();
    events.subscribed(channel, told);
    return told;
  }

  /** Notes for what a token was needed, or that none is; without effect when it has ended. */
  public void grant(String channel, @Nullable Grant grant) {
    LoopChannel.Membership membership = memberships.get(channel);
    if (membership != null) {
      keepingGrants += keeps(grant) - keeps(membership.grant());
      membership.grant(grant);
    }
  }

  @SuppressWarnings("ReferenceEquality") // of this subscription, and not of a later one
  public boolean isGranted(String channel, Grant grant) {
    LoopChannel.Membership membership = memberships.get(channel);
    return membership != null && membership.grant() == grant;
  }

  /** Returns the subscriptions that a token was needed for, in their order. */
  public Map<String, Grant> grants() {
    Map<String, Grant> grants = new LinkedHashMap<>();
    memberships.forEach(
        (channel, membership) -> {
          Grant grant = membership.grant();
          if (grant != null) {
            grants.put(channel, grant);
          }
        });
    return grants;
  }

  /** Does something with each subscription, with most of many in later turns of the event loop. */
  public void forEachInTurns(Map<String, Grant> granted, BiConsumer<String, Grant> action) {
    Steps.take(
        order.turns(),
        granted.entrySet(),
        each -> action.accept(each.getKey(), each.getValue()),
        () -> {});
  }

  /**
   * Unsubscribes.
   *
   * @throws InvalidActionError when the socket is not subscribed to the channel
   */
  public void remove(String channel) {
    if (!discard(channel)) {
      throw tried("unsubscribe from a channel which it is not subscribed to");
    }
  }

  /** Sends what was published before this moment. */
  public void deliverPending() {
    channels.deliverPending();
  }

  /** Ends a subscription, if there is one, and tells the client why. */
  public void kickOut(String channel, @Nullable String message) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("channel", channel);
    if (message != null) {
      data.put("message", message);
    }
    writer.transmit(ReservedEvents.KICK_OUT, Payload.of(data));
    discard(channel);
  }

  /** Ends a subscription, and tells if its beginning was told; returns whether there was one. */
  public boolean discard(String channel) {
    LoopChannel.Membership membership = memberships.get(channel);
    if (membership == null) {
      return false;
    }
    take(channel);
    channelBytes -= bytesFor(channel);
    keepingGrants -= keeps(membership.grant());
    channels.leave(membership);
    if (membership.isConfirmed()) {
      events.unsubscribed(channel);
    }
    return true;
  }

  /**
   * Unsubscribes from all channels, from most of many in later turns of the event loop.
   *
   * @param end is run after the last
   */
  public void removeAll(Runnable end) {
    if (memberships.isEmpty()) {
      end.run();
    } else {
      Steps.take(order.turns(), names(), this::discard, end);
    }
  }

  /** Returns whether there is a subscription. Any thread. */
  public synchronized boolean contains(String channel) {
    return memberships.containsKey(channel);
  }

  /** Returns the names, in the order of the subscriptions. Any thread. */
  public synchronized List<String> names() {
    return List.copyOf(memberships.keySet());
  }
}
