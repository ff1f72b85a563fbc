// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.cluster.ConnectionEvents;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes the messages of Redis, but those of this engine itself. Notices when a subscription ends
 * that nobody has ended: in a Redis cluster that happens when its slot moves. Called on threads of
 * the library, none of which is blocked.
 */
final class Received extends RedisPubSubAdapter<String, byte[]> {
  private final Stamp own;
  private final ConnectionEvents events;
  private final Set<String> leaving = ConcurrentHashMap.newKeySet();

  Received(Stamp own, ConnectionEvents events) {
    this.own = own;
    this.events = events;
  }

  void leave(Collection<String> channels) {
    leaving.addAll(channels);
  }

  @Override
  public void message(String channel, byte[] bytes) {
    if (own.isOn(bytes)) {
      return;
    }
    if (Numbered.isOne(bytes)) {
      kept(Numbered.of(channel, bytes));
      return;
    }
    ClusterMessage message = ClusterMessage.of(Stamp.remove(bytes));
    if (message == null || !message.channel().equals(channel)) {
      events.receivedForeign();
    } else {
      events.received(message);
    }
  }

  private void kept(@Nullable Numbered kept) {
    if (kept == null) {
      events.receivedForeign();
    } else {
      events.received(kept.message(), kept.position());
    }
  }

  @Override
  public void smessage(String channel, byte[] bytes) {
    message(channel, bytes);
  }

  @Override
  public void unsubscribed(String channel, long count) {
    if (!leaving.remove(channel)) {
      events.lost(new IOException("Redis has ended a subscription, for a slot has moved"));
    }
  }

  @Override
  public void sunsubscribed(String channel, long count) {
    unsubscribed(channel, count);
  }
}
