// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.socketcluster.redis.ClientEnd;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A connection to Redis for commands, and another for messages. The end of one ends both. */
final class RedisConnection implements AutoCloseable {
  private final RedisClient client;
  private final RedisAsyncCommands<byte[], byte[]> commands;
  private final CountDownLatch lost;

  private RedisConnection(
      RedisClient client, RedisAsyncCommands<byte[], byte[]> commands, CountDownLatch lost) {
    this.client = client;
    this.commands = commands;
    this.lost = lost;
  }

  /**
   * Connects and subscribes. Blocks.
   *
   * @param client is ended with the connection
   */
  static RedisConnection open(RedisClient client, RedisLink.Listener listener, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    CountDownLatch lost = new CountDownLatch(1);
    try {
      subscribe(watched(client.connectPubSub(ByteArrayCodec.INSTANCE), lost), listener)
          .get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return new RedisConnection(
          client, watched(client.connect(ByteArrayCodec.INSTANCE), lost).async(), lost);
    } catch (RedisException | InterruptedException | ExecutionException | TimeoutException e) {
      ClientEnd.await(client);
      throw e;
    }
  }

  /** Follows the end of a connection: not of the client, which also has some to sentinels. */
  private static <C extends StatefulConnection<byte[], byte[]>> C watched(
      C connection, CountDownLatch lost) {
    connection.addListener(new Loss(lost));
    if (!connection.isOpen()) {
      lost.countDown(); // it has ended before
    }
    return connection;
  }

  private static RedisFuture<Void> subscribe(
      StatefulRedisPubSubConnection<byte[], byte[]> receiving, RedisLink.Listener listener) {
    receiving.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(byte[] channel, byte[] message) {
            listener.message(message);
          }
        });
    return receiving.async().subscribe(listener.channel());
  }

  /** Tells of the first connection that is lost. */
  private record Loss(CountDownLatch lost) implements RedisConnectionStateListener {
    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
      lost.countDown();
    }
  }

  RedisAsyncCommands<byte[], byte[]> commands() {
    return commands;
  }

  /** Asks for a sign of life. */
  RedisFuture<String> ping() {
    return commands.ping();
  }

  /** Counts the connection as lost: it is of a server that is no master any more. */
  void giveUp() {
    lost.countDown();
  }

  /** Waits until the connection is lost; returns whether it is. */
  boolean awaitLoss(Duration limit) throws InterruptedException {
    return lost.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    ClientEnd.await(client);
  }
}
