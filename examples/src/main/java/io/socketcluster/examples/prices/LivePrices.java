// SPDX-License-Identifier: MIT
package io.socketcluster.examples.prices;

import io.socketcluster.examples.pages.Pages;
import io.socketcluster.examples.pages.Ticks;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.SlowConsumerPolicy;
import io.socketcluster.server.SocketCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Live prices: each symbol has the channel {@code price/SYMBOL}, on which a new price comes ten
 * times a second. A reader that is too slow stays connected and misses the oldest prices, because
 * an old price is worth nothing.
 */
public final class LivePrices {
  static final List<String> SYMBOLS = List.of("ACME", "BOLT", "CORK", "DUNE", "ECHO", "FERN");

  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final int MOST_UNREAD_BYTES = 64 * 1024;

  private LivePrices() {}

  /** Makes the server, which does not listen yet. */
  public static AGServer create() {
    AGServer server =
        SocketCluster.create(
            Pages.options()
                .allowClientPublish(false)
                .outboundBufferLimit(MOST_UNREAD_BYTES)
                .slowConsumerPolicy(SlowConsumerPolicy.DROP_OLDEST)
                .build());
    Map<String, Walk> walks = new TreeMap<>();
    Random random = new Random();
    SYMBOLS.forEach(symbol -> walks.put(symbol, new Walk(random.nextLong(500, 50_000), random)));
    Ticks.every(
        INTERVAL, server, () -> walks.forEach((symbol, walk) -> tell(server, symbol, walk)));
    return server;
  }

  private static void tell(AGServer server, String symbol, Walk walk) {
    server.exchange().transmitPublish("price/" + symbol, walk.next());
  }
}
