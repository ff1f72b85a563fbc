// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.socketcluster.broker.cluster.ConnectionEvents;
import java.io.IOException;

/**
 * Tells when a connection that receives messages is lost. A client opens others for a moment to
 * look at a Redis cluster; that the one for publishes is lost shows when it is used.
 */
final class Losses implements RedisConnectionStateListener {
  private final ConnectionEvents events;

  Losses(ConnectionEvents events) {
    this.events = events;
  }

  @Override
  public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
    if (connection instanceof StatefulRedisPubSubConnection) {
      events.lost(new IOException("Redis has closed the connection"));
    }
  }
}
