// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.RedisClusterClient;
import io.socketcluster.broker.cluster.BrokerConnection;
import io.socketcluster.broker.cluster.BrokerConnector;
import io.socketcluster.broker.cluster.ConnectionEvents;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.redis.ClientEnd;
import io.socketcluster.redis.RedisClients;
import io.socketcluster.redis.RedisOptions;
import java.time.Duration;
import java.util.function.Supplier;

/** Opens connections to Redis. */
final class RedisConnector implements BrokerConnector {
  private final RedisOptions options;
  private final ChannelCodec codec;
  private final Stamp stamp = new Stamp();
  private final RedisClients clients;

  RedisConnector(RedisOptions options) {
    this.options = options;
    this.codec = new ChannelCodec(options.setting().prefix());
    this.clients = new RedisClients(options);
  }

  @Override
  public String description() {
    return "Redis at " + options.address();
  }

  @Override
  public BrokerConnection connect(ConnectionEvents events) throws BrokerError {
    try {
      boolean isCluster = options.kind() == RedisOptions.Kind.CLUSTER;
      Commands commands = isCluster ? cluster(events) : server(events);
      Duration limit = options.setting().timeout();
      return new RedisConnection(commands, new Received(stamp, events), stamp, events, limit);
    } catch (RedisException e) {
      String reason = RedisClients.reason(e);
      throw new BrokerError("Cannot connect to " + description() + ": " + reason, e);
    }
  }

  private Commands server(ConnectionEvents events) {
    RedisClient client = clients.server();
    client.addListener(new Losses(events));
    return opened(client, () -> new ServerCommands(client, codec));
  }

  private Commands cluster(ConnectionEvents events) {
    RedisClusterClient client = clients.cluster();
    client.addListener(new Losses(events));
    return opened(client, () -> new ClusterCommands(client, codec, events));
  }

  private static Commands opened(AbstractRedisClient client, Supplier<Commands> open) {
    try {
      return open.get();
    } catch (RedisException e) {
      ClientEnd.await(client);
      throw e;
    }
  }

  @Override
  public boolean keepsHistories() {
    return true;
  }

  @Override
  public void close() {
    clients.close();
  }
}
