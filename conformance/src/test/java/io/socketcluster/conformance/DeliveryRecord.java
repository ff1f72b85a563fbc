// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.broker.AGExchange;
import io.socketcluster.stream.Consumption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the channels of one server have had, in the order in which the server delivers it, and what
 * of it was owed to whom. Thread-safe until it is checked.
 */
final class DeliveryRecord {
  private final AGExchange exchange;
  private final Map<String, List<Long>> published = new ConcurrentHashMap<>();
  private final Map<String, Set<Long>> owed = new ConcurrentHashMap<>(); // by subscriber, channel
  private final List<Consumption> recordings = new ArrayList<>();

  /** Begins to record the channels. */
  DeliveryRecord(AGExchange exchange, List<String> channels) {
    this.exchange = exchange;
    channels.forEach(this::record);
  }

  private void record(String name) {
    List<Long> order = new ArrayList<>();
    published.put(name, order);
    recordings.add(exchange.subscribe(name, Long.class).consume(order::add));
  }

  /** A subscriber was subscribed when this was published, and the publish was acknowledged. */
  void owe(String subscriber, String channel, long message) {
    owed.computeIfAbsent(key(subscriber, channel), any -> ConcurrentHashMap.newKeySet())
        .add(message);
  }

  private static String key(String subscriber, String channel) {
    return subscriber + " " + channel;
  }

  /** The server was killed: nothing more is published. */
  void end() {
    exchange.closeAllChannels();
    recordings.forEach(recording -> recording.ended().toCompletableFuture().join());
  }

  long debts() {
    return owed.values().stream().mapToLong(Set::size).sum();
  }

  /**
   * Checks what a subscriber has received of a channel.
   *
   * @param all from all servers
   */
  void check(String subscriber, String channel, List<Long> all) {
    List<Long> order = published.getOrDefault(channel, List.of());
    Set<Long> mine = new HashSet<>(order);
    List<Long> received = all.stream().filter(mine::contains).toList();
    String what = subscriber + " on " + channel;
    if (!received.isEmpty()) {
      int begin = order.indexOf(received.getFirst());
      assertThat(received)
          .as("%s has no gap, nothing twice and the server's order", what)
          .isEqualTo(order.subList(begin, Math.min(order.size(), begin + received.size())));
    }
    Set<Long> debts = new HashSet<>(owed.getOrDefault(key(subscriber, channel), Set.of()));
    debts.retainAll(mine); // a publish may have gone to the next server
    debts.removeAll(new HashSet<>(received));
    assertThat(debts).as("%s misses what was acknowledged", what).isEmpty();
  }
}
