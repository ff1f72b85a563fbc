// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.protocol.errors.InvalidActionError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * The channels of one socket. Changed on the event loop only; the names may be read by any thread.
 */
final class Subscriptions {
  private final DefaultServerSocket socket;
  private final ServerLoop loop;
  private final SocketEvents events;
  private final int limit;

  /** Written on the event loop under the monitor of this, read under it by other threads. */
  private final Map<String, LoopChannel.Membership> memberships = new LinkedHashMap<>(2);

  Subscriptions(DefaultServerSocket socket, ServerLoop loop, SocketEvents events, int limit) {
    this.socket = socket;
    this.loop = loop;
    this.events = events;
    this.limit = limit;
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
    if (memberships.size() >= limit) {
      return CompletableFuture.failedFuture(
          new InvalidActionError(
              "Socket "
                  + socket.id()
                  + " tried to exceed the channel subscription limit of "
                  + limit));
    }
    LoopChannel.Membership membership = loop.join(channel, socket);
    synchronized (this) {
      memberships.put(channel, membership);
    }
    return membership.channel().subscribed();
  }

  /** Tells that the broker has confirmed a subscription. */
  void confirm(String channel, JsonNode options) {
    events.subscribed(channel, options);
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
    events.unsubscribed(channel);
  }

  /** Takes a subscription back without an event; returns whether there was one. */
  boolean discard(String channel) {
    LoopChannel.Membership membership;
    synchronized (this) {
      membership = memberships.remove(channel);
    }
    if (membership == null) {
      return false;
    }
    loop.leave(membership);
    return true;
  }

  void removeAll() {
    names().forEach(this::remove);
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
