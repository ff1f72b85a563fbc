// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.pubsub.RedisPubSubListener;
import java.util.Collection;
import java.util.List;

/**
 * Sends the commands of an engine, to one server or sharded over a cluster. No method blocks,
 * except {@link #close}. Publishes leave with {@link #flush}, every other command at once.
 */
interface Commands {
  /** Returns how many channels one command may name. */
  int channelsInOne();

  RedisFuture<Void> subscribe(List<String> channels);

  RedisFuture<Void> unsubscribe(List<String> channels);

  RedisFuture<Long> publish(String channel, byte[] message);

  /** Returns what keeps histories. */
  HistoryScripts histories();

  /** Sends the publishes. */
  void flush();

  /** Asks every server for a sign of life. */
  List<RedisFuture<String>> ping();

  /**
   * Asks the connections that receive these channels: what was published to them before has arrived
   * before the answer.
   */
  List<RedisFuture<String>> pingReceivers(Collection<String> channels);

  /** Adds who is told of confirmations and messages, on a thread that must not be blocked. */
  void addListener(RedisPubSubListener<String, byte[]> listener);

  /** Closes all connections. */
  void close();
}
