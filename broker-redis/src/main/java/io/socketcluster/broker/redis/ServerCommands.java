// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.socketcluster.redis.ClientEnd;
import java.util.Collection;
import java.util.List;

/** The commands of one server, or of the master that sentinels name: PUBLISH and SUBSCRIBE. */
final class ServerCommands implements Commands {
  private static final int CHANNELS_IN_ONE = 1_000;
  private final RedisClient client;
  private final StatefulRedisPubSubConnection<String, byte[]> receiving;
  private final StatefulRedisConnection<String, byte[]> publishing;
  private final HistoryScripts histories;

  /** Opens the connections of a client, whose end is the end of these commands. */
  ServerCommands(RedisClient client, ChannelCodec codec) {
    this.client = client;
    this.receiving = client.connectPubSub(codec);
    this.publishing = client.connect(codec);
    publishing.setAutoFlushCommands(false);
    this.histories =
        new HistoryScripts(
            publishing.async(), publishing::flushCommands, codec, "PUBLISH", channel -> "");
  }

  @Override
  public int channelsInOne() {
    return CHANNELS_IN_ONE;
  }

  @Override
  public RedisFuture<Void> subscribe(List<String> channels) {
    return receiving.async().subscribe(channels.toArray(String[]::new));
  }

  @Override
  public RedisFuture<Void> unsubscribe(List<String> channels) {
    return receiving.async().unsubscribe(channels.toArray(String[]::new));
  }

  @Override
  public RedisFuture<Long> publish(String channel, byte[] message) {
    return publishing.async().publish(channel, message);
  }

  @Override
  public HistoryScripts histories() {
    return histories;
  }

  @Override
  public void flush() {
    publishing.flushCommands();
  }

  @Override
  public List<RedisFuture<String>> pingReceivers(Collection<String> channels) {
    return List.of(receiving.async().ping());
  }

  @Override
  public List<RedisFuture<String>> ping() {
    List<RedisFuture<String>> pings = List.of(receiving.async().ping(), publishing.async().ping());
    flush();
    return pings;
  }

  @Override
  public void addListener(RedisPubSubListener<String, byte[]> listener) {
    receiving.addListener(listener);
  }

  @Override
  public void close() {
    ClientEnd.await(client);
  }
}
