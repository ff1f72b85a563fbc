// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.socketcluster.broker.cluster.ConnectionEvents;
import io.socketcluster.redis.ClientEnd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The commands of a Redis cluster: SPUBLISH and SSUBSCRIBE, which go to the master of a channel's
 * slot. The library does not follow a slot that moves, nor a master that dies: each look at the
 * cluster compares who has which slots with what it was at the beginning.
 */
final class ClusterCommands implements Commands {
  private final RedisClusterClient client;
  private final ConnectionEvents events;
  private final StatefulRedisClusterPubSubConnection<String, byte[]> receiving;
  private final StatefulRedisClusterConnection<String, byte[]> publishing;
  private final HistoryKeys keys;
  private final HistoryScripts histories;
  private final Map<String, List<Integer>> masters;

  /** Opens the connections of a client, whose end is the end of these commands. */
  ClusterCommands(RedisClusterClient client, ChannelCodec codec, ConnectionEvents events) {
    this.client = client;
    this.events = events;
    this.receiving = client.connectPubSub(codec);
    this.publishing = client.connect(codec);
    receiving.setNodeMessagePropagation(true);
    publishing.setAutoFlushCommands(false);
    keys = new HistoryKeys(codec);
    histories =
        new HistoryScripts(
            publishing.async(), publishing::flushCommands, codec, "SPUBLISH", this::masterOf);
    masters = masters();
  }

  private Map<String, List<Integer>> masters() {
    return client.getPartitions().stream()
        .filter(node -> !node.getSlots().isEmpty())
        .collect(Collectors.toMap(RedisClusterNode::getNodeId, RedisClusterNode::getSlots));
  }

  /** One: all channels of a command have to be of one slot. */
  @Override
  public int channelsInOne() {
    return 1;
  }

  @Override
  public RedisFuture<Void> subscribe(List<String> channels) {
    return receiving.async().ssubscribe(channels.toArray(String[]::new));
  }

  @Override
  public RedisFuture<Void> unsubscribe(List<String> channels) {
    return receiving.async().sunsubscribe(channels.toArray(String[]::new));
  }

  @Override
  public RedisFuture<Long> publish(String channel, byte[] message) {
    return publishing.async().spublish(channel, message);
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
  public List<RedisFuture<String>> ping() {
    client.refreshPartitions();
    if (!masters().equals(masters)) {
      events.lost(new IOException("The slots of the Redis cluster have moved"));
    }
    return ping(masters.keySet());
  }

  @Override
  public List<RedisFuture<String>> pingReceivers(Collection<String> channels) {
    return ping(channels.stream().map(this::masterOf).collect(Collectors.toSet()));
  }

  /** Returns the id of a server, or nothing while no server has the slot. */
  private String masterOf(String channel) {
    int slot = SlotHash.getSlot(keys.channel(channel));
    RedisClusterNode master = client.getPartitions().getPartitionBySlot(slot);
    return master == null ? "" : master.getNodeId();
  }

  /**
   * By host and port, as the library finds the connection of a slot: by its id it opens another.
   */
  private List<RedisFuture<String>> ping(Set<String> nodes) {
    List<RedisFuture<String>> pings = new ArrayList<>();
    for (String node : nodes) {
      RedisClusterNode found = client.getPartitions().getPartitionByNodeId(node);
      if (found != null) {
        RedisURI at = found.getUri();
        pings.add(receiving.getConnection(at.getHost(), at.getPort()).async().ping());
      }
    }
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
