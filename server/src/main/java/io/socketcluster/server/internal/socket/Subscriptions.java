// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The channels of one socket. Changed on the event loop only; the names may be read by any thread.
 */
final class Subscriptions {
  /** What a subscription costs besides the name of its channel. */
  private static final int MEMBERSHIP = 160;

  private final DefaultServerSocket socket;

  /** Written on the event loop under the monitor of this, read under it by other threads. */
  private Map<String, LoopChannel.Membership> memberships = Map.of();

  Subscriptions(DefaultServerSocket socket) {
    this.socket = socket;
  }

  /**
   * Subscribes. Without effect when that was done before.
   *
   * @return completes when messages arrive, or fails with what the client is told
   */
  CompletableFuture<Void> add(String channel) {
    LoopChannel.Membership existing = memberships.get(channel);
    if (existing != null) {
      return existing.channel().subscribed();
    }
    int limit = socket.host().options().socketChannelLimit();
    if (memberships.size() >= limit) {
      return CompletableFuture.failedFuture(
          new InvalidActionError(
              "Socket "
                  + socket.id()
                  + " tried to exceed the channel subscription limit of "
                  + limit));
    }
    if (!hasRoomFor(bytesFor(channel))) {
      return CompletableFuture.failedFuture(
          new ResourceLimitError("Socket " + socket.id() + " keeps too much memory to subscribe"));
    }
    LoopChannel.Membership membership = socket.loop().join(channel, socket);
    put(membership.channel().name(), membership); // one name for all of its members
    return membership.channel().subscribed();
  }

  /** Returns whether a subscription may keep so much more. */
  boolean hasRoomFor(long bytes) {
    return socket.parts().account().hasRoomFor(bytes);
  }

  private static long bytesFor(String channel) {
    return (long) MEMBERSHIP + channel.length();
  }

  /** Returns about how many bytes the subscriptions keep in memory, and what they were granted. */
  long heldBytes() {
    long bytes = 0;
    for (Map.Entry<String, LoopChannel.Membership> each : memberships.entrySet()) {
      TokenGrants.Grant grant = each.getValue().grant();
      bytes += bytesFor(each.getKey()) + (grant == null ? 0 : grant.heldBytes());
    }
    return bytes;
  }

  /** One alone is in a map that takes no room for more. */
  private synchronized void put(String channel, LoopChannel.Membership membership) {
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
  @Nullable JsonNode confirm(String channel, Supplier<JsonNode> options) {
    LoopChannel.Membership membership = memberships.get(channel);
    if (membership == null || membership.isConfirmed()) {
      return null;
    }
    membership.confirm();
    JsonNode told = options.get();
    socket.parts().events().subscribed(channel, told);
    return told;
  }

  /** Notes for what a token was needed, or that none is; without effect when it has ended. */
  void grant(String channel, TokenGrants.@Nullable Grant grant) {
    LoopChannel.Membership membership = memberships.get(channel);
    if (membership != null) {
      membership.grant(grant);
    }
  }

  @SuppressWarnings("ReferenceEquality") // of this subscription, and not of a later one
  boolean isGranted(String channel, TokenGrants.Grant grant) {
    LoopChannel.Membership membership = memberships.get(channel);
    return membership != null && membership.grant() == grant;
  }

  /** Returns the subscriptions that a token was needed for, in their order. */
  Map<String, TokenGrants.Grant> grants() {
    Map<String, TokenGrants.Grant> grants = new LinkedHashMap<>();
    memberships.forEach(
        (channel, membership) -> {
          TokenGrants.Grant grant = membership.grant();
          if (grant != null) {
            grants.put(channel, grant);
          }
        });
    return grants;
  }

  /**
   * Unsubscribes.
   *
   * @throws InvalidActionError when the socket is not subscribed to the channel
   */
  void remove(String channel) {
    if (!discard(channel)) {
      throw new InvalidActionError(
          "Socket "
              + socket.id()
              + " tried to unsubscribe from a channel which it is not subscribed to");
    }
  }

  /** Ends a subscription, and tells if its beginning was told; returns whether there was one. */
  boolean discard(String channel) {
    LoopChannel.Membership membership = memberships.get(channel);
    if (membership == null) {
      return false;
    }
    take(channel);
    socket.loop().leave(membership);
    if (membership.isConfirmed()) {
      socket.parts().events().unsubscribed(channel);
    }
    return true;
  }

  void removeAll() {
    names().forEach(this::discard);
  }

  /** Returns whether there is a subscription. Any thread. */
  synchronized boolean contains(String channel) {
    return memberships.containsKey(channel);
  }

  /** Returns the names, in the order of the subscriptions. Any thread. */
  synchronized List<String> names() {
    return List.copyOf(memberships.keySet());
  }
}
