// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import io.socketcluster.broker.scc.mapping.ChannelMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The brokers of a cluster at one time, and which of them has which channel. Thread-safe. */
final class Layout {
  /** As long as no broker is known. */
  static final Layout EMPTY = new Layout(channel -> null, List.of(), Map.of());

  private static final int REMEMBERED = 65_536;

  private final ChannelMapper mapper;
  private final List<String> brokers;
  private final Map<String, BrokerSeat> seats;
  private final Map<String, Optional<BrokerSeat>> known = new ConcurrentHashMap<>();

  /**
   * @param brokers their URIs, as they were received
   * @param seats one for each URI
   */
  Layout(ChannelMapper mapper, List<String> brokers, Map<String, BrokerSeat> seats) {
    this.mapper = mapper;
    this.brokers = List.copyOf(brokers);
    this.seats = Map.copyOf(seats);
  }

  /** Returns the seat at the broker that has a channel, or null when there is no broker. */
  @Nullable BrokerSeat seatOf(String channel) {
    Optional<BrokerSeat> seat = known.get(channel);
    if (seat == null) {
      String uri = mapper.brokerOf(channel);
      seat = Optional.ofNullable(uri == null ? null : seats.get(uri));
      if (known.size() >= REMEMBERED) {
        known.clear();
      }
      known.put(channel, seat);
    }
    return seat.orElse(null);
  }

  List<String> brokers() {
    return brokers;
  }

  Collection<BrokerSeat> seats() {
    return seats.values();
  }

  boolean has(BrokerSeat seat) {
    return seats.get(seat.uri()) == seat;
  }
}
